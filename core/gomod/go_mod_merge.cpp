#include "core/gomod/go_mod_merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/text.hpp"
#include "core/base/three_way.hpp"
#include "core/gomod/directive_lines.hpp"
#include "core/gomod/go_mod.hpp"
#include "core/gomod/quoting.hpp"
#include "core/module/semver.hpp"

namespace modtool::gomod {
namespace {

using manifest::MergedFile;
using manifest::MergeInput;

constexpr std::string_view kVerb = "require";

struct Required {
  std::string version;
  bool indirect = false;

  bool operator==(const Required&) const = default;
};

// Whether a line is in a block, and not a directive of its own.
bool is_in_block(const std::string& line) { return split_fields(line).front() != kVerb; }

// A go.mod as lines, those of requirements apart.
class RequireLines {
 public:
  static Result<RequireLines> parse(const MergeInput& input, std::string_view text, std::string_view side) {
    const std::string name = manifest::side_name(input, side);
    RequireLines read;
    for (const auto line : split_lines(text)) read.lines_.emplace_back(line);
    if (text.empty()) return read;
    MODTOOL_TRY(const GoMod mod, parse_go_mod(text, {.shown = name, .full = name}));
    for (const auto& requirement : mod.manifest.require) {
      const auto index = static_cast<std::size_t>(requirement.where.line) - 1;
      const bool is_new = read.places_.emplace(requirement.module.path, index).second;
      if (!is_new) return fail(Code::kNotSupported, name + " requires " + requirement.module.path + " twice");
      read.required_[requirement.module.path] = {requirement.module.version, requirement.indirect};
    }
    return read;
  }

  const std::vector<std::string>& lines() const { return lines_; }
  const std::map<std::string, Required>& required() const { return required_; }
  const std::string& line(const std::string& path) const { return lines_[places_.at(path)]; }

  // The lines that are no requirements.
  std::vector<std::string> rest() const {
    std::vector<std::string> rest;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const bool is_required = std::ranges::any_of(places_, [&](const auto& place) { return place.second == i; });
      if (!is_required && !trim(lines_[i]).empty()) rest.push_back(lines_[i]);
    }
    return rest;
  }

  void replace(const std::string& path, std::string text) { replace_line(places_.at(path), std::move(text)); }
  void drop(const std::string& path) { drop_line(places_.at(path)); }

  void replace_line(std::size_t line, std::string text) { lines_[line] = std::move(text); }
  void drop_line(std::size_t line) { dropped_.push_back(line); }
  void add_behind(std::size_t line, const std::string& text) { added_[line + 1] += text + "\n"; }
  void append(const std::string& text) { appended_ += text + "\n"; }

  // Puts a requirement among those of its kind, in the order of their paths.
  void add(const std::string& path, bool indirect, const std::string& text) {
    const auto* const neighbour = neighbour_of(path, indirect);
    const bool in_block = neighbour == nullptr || is_in_block(line(*neighbour));
    add_lines(path, indirect, (in_block ? "\t" : "require ") + text + "\n");
  }

  // The same with whole lines.
  void add_lines(const std::string& path, bool indirect, const std::string& lines) {
    const auto* const neighbour = neighbour_of(path, indirect);
    if (neighbour == nullptr) {
      added_at_end_ += lines;
    } else {
      added_[places_.at(*neighbour) + (path < *neighbour ? 0 : 1)] += lines;
    }
  }

  std::string text() const {
    std::string text;
    for (std::size_t i = 0; i <= lines_.size(); ++i) {
      if (const auto added = added_.find(i); added != added_.end()) text += added->second;
      const bool is_dropped = std::ranges::find(dropped_, i) != dropped_.end();
      if (i < lines_.size() && !is_dropped) text += lines_[i] + "\n";
    }
    if (!appended_.empty()) text += "\n" + appended_;
    if (added_at_end_.empty()) return text;
    return text + fmt::format("\n{} (\n{})\n", kVerb, added_at_end_);
  }

 private:
  // The requirement of this kind that comes right before the path, or else right behind it.
  const std::string* neighbour_of(const std::string& path, bool indirect) const {
    const std::string* before = nullptr;
    for (const auto& [known, required] : required_) {
      if (required.indirect != indirect) continue;
      if (known < path || before == nullptr) before = &known;
      if (known > path) break;
    }
    return before;
  }

  std::vector<std::string> lines_;
  std::map<std::string, std::size_t> places_;  // path → index of its line
  std::map<std::string, Required> required_;
  std::vector<std::size_t> dropped_;
  std::map<std::size_t, std::string> added_;  // in front of which line
  std::string added_at_end_;                  // in a block of requirements of its own
  std::string appended_;                      // before that
};

// Makes of the directives of one side those of both.
class DirectiveMerger {
 public:
  DirectiveMerger(const RequireLines& base, const RequireLines& ours, const RequireLines& theirs)
      : base_(read_directives(base.lines())),
        ours_(read_directives(ours.lines())),
        theirs_(read_directives(theirs.lines())) {}

  // Changes `result`, which is what ours or theirs was. Code::kNotSupported for a contradiction.
  Result<void> merge(RequireLines& result) const {
    const DirectiveLines known = read_directives(result.lines());
    DirectiveLines all = ours_;
    all.insert(theirs_.begin(), theirs_.end());
    for (const auto& [key, directive] : all) {
      const auto merged =
          merge_directive(directive.verb, {text_in(base_, key), text_in(ours_, key), text_in(theirs_, key)});
      if (!merged) return fail(Code::kNotSupported, "both sides changed `" + key + "`");
      write(known, key, directive.verb, *merged, result);
    }
    return {};
  }

 private:
  static std::optional<std::string> text_in(const DirectiveLines& directives, const std::string& key) {
    const auto found = directives.find(key);
    return found == directives.end() ? std::nullopt : std::optional(found->second.text);
  }

  static void write(const DirectiveLines& known, const std::string& key, const std::string& verb,
                    const std::optional<std::string>& wanted, RequireLines& result) {
    const auto found = known.find(key);
    if (found == known.end()) {
      if (wanted) add(known, verb, *wanted, result);
    } else if (!wanted) {
      result.drop_line(found->second.line);
    } else if (found->second.text != *wanted) {
      result.replace_line(found->second.line, (found->second.is_in_block ? "\t" : verb + " ") + *wanted);
    }
  }

  // Behind its like; the lines about the language stand in front.
  static void add(const DirectiveLines& known, const std::string& verb, const std::string& text, RequireLines& result) {
    const DirectiveLine* like = nullptr;
    for (const auto& [key, directive] : known) {
      const bool is_later = like == nullptr || directive.line > like->line;
      if (directive.verb == verb && is_later) like = &directive;
    }
    if (like != nullptr) return result.add_behind(like->line, (like->is_in_block ? "\t" : verb + " ") + text);
    const auto before = known.find(verb == "toolchain" ? "go" : verb == "go" ? "module" : "");
    if (before == known.end()) return result.append(verb + " " + text);
    result.add_behind(before->second.line, "\n" + verb + " " + text);
  }

  DirectiveLines base_;
  DirectiveLines ours_;
  DirectiveLines theirs_;
};

// Both require it, each at a version of its own: the higher one; direct where one side needs it directly.
Required higher(const Required& ours, const Required& theirs) {
  const bool is_ours = module::compare_versions(ours.version, theirs.version) >= 0;
  return {.version = is_ours ? ours.version : theirs.version, .indirect = ours.indirect && theirs.indirect};
}

class GoModMerger {
 public:
  // `result` is what becomes of one side.
  GoModMerger(const RequireLines& base, const RequireLines& ours, const RequireLines& theirs, RequireLines result)
      : ours_(ours), theirs_(theirs), result_(std::move(result)) {
    for (const auto& [path, required] : base.required()) paths_[path].base = required;
    for (const auto& [path, required] : ours.required()) paths_[path].ours = required;
    for (const auto& [path, required] : theirs.required()) paths_[path].theirs = required;
  }

  MergedFile merge() {
    for (const auto& [path, three] : paths_) {
      if (const auto* merged = merge_value(three)) {
        write(path, *merged);
      } else if (three.ours && three.theirs && !is_pulled_apart(three)) {
        write(path, higher(*three.ours, *three.theirs));
      } else {
        refuse(path, three);
      }
    }
    merged_.text = result_.text();
    return std::move(merged_);
  }

 private:
  void write(const std::string& path, const std::optional<Required>& wanted) {
    const auto known = result_.required().find(path);
    const bool is_there = known != result_.required().end();
    if (!wanted) {
      if (is_there) result_.drop(path);
    } else if (!is_there) {
      result_.add(path, wanted->indirect, words_of(path, *wanted));
    } else if (known->second != *wanted) {
      result_.replace(path, (is_in_block(result_.line(path)) ? "\t" : "require ") + words_of(path, *wanted));
    }
  }

  // As a side that says the same writes it, comment and all, without its verb.
  std::string words_of(const std::string& path, const Required& wanted) const {
    for (const auto* side : {&ours_, &theirs_}) {
      const auto found = side->required().find(path);
      if (found == side->required().end() || found->second != wanted) continue;
      const std::string& line = side->line(path);
      return std::string(trim(is_in_block(line) ? line : std::string_view(trim(line)).substr(kVerb.size())));
    }
    return fmt::format("{} {}{}", format_word(path), wanted.version, wanted.indirect ? " // indirect" : "");
  }

  // To take the higher version then would take back what somebody decided.
  static bool is_pulled_apart(const Three<Required>& three) {
    return three.base && manifest::are_opposed(three.base->version, three.ours->version, three.theirs->version);
  }

  void refuse(const std::string& path, const Three<Required>& three) {
    merged_.conflicts.push_back(three.ours && three.theirs
                                    ? fmt::format("{} was raised on one side and lowered on the other: {} and {}", path,
                                                  three.ours->version, three.theirs->version)
                                    : path + " was changed on one side and dropped on the other");
    const auto line = [&](const RequireLines& side, bool has_it) { return has_it ? side.line(path) + "\n" : ""; };
    std::string text =
        manifest::conflict_text(line(ours_, three.ours.has_value()), line(theirs_, three.theirs.has_value()));
    text.pop_back();
    if (result_.required().contains(path)) return result_.replace(path, std::move(text));
    result_.add_lines(path, three.either().indirect, text + "\n");
  }

  const RequireLines& ours_;
  const RequireLines& theirs_;
  RequireLines result_;
  std::map<std::string, Three<Required>> paths_;
  MergedFile merged_;
};

}  // namespace

Result<MergedFile> merge_go_mods(const MergeInput& input) {
  if (const auto* text = manifest::trivial_merge(input)) return MergedFile{.text = std::string(*text)};
  MODTOOL_TRY(const auto base, RequireLines::parse(input, input.base, "base"));
  MODTOOL_TRY(const auto ours, RequireLines::parse(input, input.ours, "ours"));
  MODTOOL_TRY(const auto theirs, RequireLines::parse(input, input.theirs, "theirs"));
  const auto our_rest = ours.rest();
  const auto their_rest = theirs.rest();
  if (const auto* const rest = merge_value(base.rest(), our_rest, their_rest)) {
    return GoModMerger(base, ours, theirs, rest == &our_rest ? ours : theirs).merge();
  }
  const auto our_comments = read_comments(ours.lines());
  const auto their_comments = read_comments(theirs.lines());
  const auto* const comments = merge_value(read_comments(base.lines()), our_comments, their_comments);
  if (comments == nullptr) return fail(Code::kNotSupported, "both sides changed comments");
  RequireLines result = comments == &our_comments ? ours : theirs;
  MODTOOL_CHECK(DirectiveMerger(base, ours, theirs).merge(result));
  return GoModMerger(base, ours, theirs, std::move(result)).merge();
}

}  // namespace modtool::gomod
