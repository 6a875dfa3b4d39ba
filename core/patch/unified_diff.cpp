#include "core/patch/unified_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/base/text.hpp"
#include "core/module/path.hpp"
#include "core/module/version_control.hpp"

namespace modtool::patch {
namespace {

constexpr std::string_view kNoFile = "/dev/null";

// A text as lines that keep their line feeds.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end == text.npos ? text.size() : end + 1));
    text.remove_prefix(lines.back().size());
  }
  return lines;
}

std::string_view without_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// "3,5" or "3": a line and how many.
struct Range {
  std::size_t start = 0;
  std::size_t count = 1;
};

std::optional<Range> parse_range(std::string_view text) {
  Range range;
  const auto comma = text.find(',');
  const auto number = [](std::string_view digits, std::size_t& to) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), to);
    return error == std::errc{} && end == digits.data() + digits.size();
  };
  if (!number(text.substr(0, comma), range.start)) return std::nullopt;
  if (comma != text.npos && !number(text.substr(comma + 1), range.count)) return std::nullopt;
  return range;
}

class DiffParser {
 public:
  DiffParser(std::string_view text, const std::string& file) : lines_(lines_of(text)), file_(file) {}

  Result<std::vector<FileDiff>> parse() {
    while (at_ < lines_.size()) MODTOOL_CHECK(take());
    MODTOOL_CHECK(finish());
    if (diffs_.empty()) return problem(1, "no unified diff in it");
    return std::move(diffs_);
  }

 private:
  std::string_view line() const { return without_end(lines_[at_]); }
  int number() const { return static_cast<int>(at_) + 1; }

  std::unexpected<Error> problem(int line_number, std::string message) const {
    return fail(
        Error{.code = Code::kPatchSyntax, .message = std::move(message)}.at({.file = file_, .line = line_number}));
  }

  // One line outside of hunks, or a hunk.
  Result<void> take() {
    if (line().starts_with("diff --git ")) return begin_git();
    if (in_header_ && is_extended_header()) return take_extended();
    const bool names_files =
        line().starts_with("--- ") && at_ + 1 < lines_.size() && lines_[at_ + 1].starts_with("+++ ");
    if (names_files) return take_names();
    if (line().starts_with("@@ -")) return take_hunk();
    if (line().starts_with("GIT binary patch") || line().starts_with("Binary files ")) {
      return problem(number(), "a binary file cannot be patched");
    }
    ++at_;
    return {};
  }

  Result<void> begin_git() {
    MODTOOL_CHECK(finish());
    current_ = FileDiff{.line = number()};
    in_header_ = true;
    git_line_ = line();
    ++at_;
    return {};
  }

  bool is_extended_header() const {
    constexpr std::array<std::string_view, 9> kStarts = {"old mode ",         "new mode ",      "deleted file mode ",
                                                         "new file mode ",    "copy ",          "rename ",
                                                         "similarity index ", "dissimilarity ", "index "};
    return std::ranges::any_of(kStarts, [this](std::string_view start) { return line().starts_with(start); });
  }

  Result<void> take_extended() {
    if (line().starts_with("copy ") || line().starts_with("rename ")) {
      return problem(number(), "a copy or a rename; make the patch with `git diff --no-renames`");
    }
    if (line().contains("mode ")) MODTOOL_CHECK(take_mode());
    ++at_;
    return {};
  }

  Result<void> take_mode() {
    const auto mode = line().substr(line().rfind(' ') + 1);
    if (mode != "100644" && mode != "100755") return problem(number(), "a link or a submodule cannot be patched");
    if (line().starts_with("old ")) return {};
    if (line().starts_with("new file ")) current_->change = FileChange::kCreate;
    if (line().starts_with("deleted ")) current_->change = FileChange::kRemove;
    current_->executable = mode == "100755";
    return {};
  }

  // "--- a/name" and "+++ b/name".
  Result<void> take_names() {
    if (!in_header_) {
      MODTOOL_CHECK(finish());
      current_ = FileDiff{.line = number()};
    }
    in_header_ = false;
    MODTOOL_TRY(const std::string before, take_name());
    MODTOOL_TRY(const std::string after, take_name());
    if (before.empty() && after.empty()) return problem(number() - 1, "neither side names a file");
    if (before.empty()) current_->change = FileChange::kCreate;
    if (after.empty()) current_->change = FileChange::kRemove;
    if (!before.empty() && !after.empty() && before != after)
      return problem(number() - 1, "the names differ: a rename");
    current_->name = before.empty() ? after : before;
    return {};
  }

  // Empty for /dev/null.
  Result<std::string> take_name() {
    std::string_view name = line().substr(4);
    ++at_;
    name = name.substr(0, name.find('\t'));
    if (name == kNoFile) return std::string();
    return checked_name(name, number() - 1);
  }

  Result<std::string> checked_name(std::string_view name, int line_number) const {
    if (name.starts_with('"'))
      return problem(line_number, "a quoted name; make the patch with `git -c core.quotePath=false diff`");
    const auto slash = name.find('/');
    if (slash == name.npos)
      return problem(line_number, fmt::format("{} has no first element to leave out (`a/`)", quote(name)));
    name.remove_prefix(slash + 1);
    if (auto good = module::check_file_path(name); !good) return problem(line_number, good.error().message);
    if (std::ranges::any_of(split(name, '/'), module::is_git_directory))
      return problem(line_number, fmt::format("{} leads into a repository's own files", quote(name)));
    return std::string(name);
  }

  // "@@ -1,2 +1,3 @@ …" and its lines.
  Result<void> take_hunk() {
    const int start = number();
    const auto fields = split_fields(line());
    const auto before = fields.size() > 2 ? parse_range(fields[1].substr(1)) : std::nullopt;
    const auto after =
        fields.size() > 2 && fields[2].starts_with('+') ? parse_range(fields[2].substr(1)) : std::nullopt;
    if (!current_ || current_->name.empty()) return problem(start, "a hunk of no file");
    if (!before || !after) return problem(start, "malformed hunk header");
    ++at_;
    DiffHunk hunk{.old_start = before->start, .line = start};
    MODTOOL_CHECK(take_hunk_lines(hunk, before->count, after->count));
    current_->hunks.push_back(std::move(hunk));
    return {};
  }

  Result<void> take_hunk_lines(DiffHunk& hunk, std::size_t before, std::size_t after) {
    while (before > 0 || after > 0) {
      if (at_ >= lines_.size()) return problem(hunk.line, "the hunk is shorter than its header says");
      const char kind = lines_[at_].front() == '\n' ? ' ' : lines_[at_].front();  // some mailers cut a lone blank
      const bool is_old = kind == ' ' || kind == '-';
      const bool is_new = kind == ' ' || kind == '+';
      if ((!is_old && !is_new) || (is_old && before == 0) || (is_new && after == 0)) {
        return problem(number(), "the hunk is not as its header says");
      }
      before -= is_old ? 1 : 0;
      after -= is_new ? 1 : 0;
      hunk.lines.push_back({kind, std::string(lines_[at_].substr(lines_[at_].front() == '\n' ? 0 : 1))});
      ++at_;
      take_missing_line_feed(hunk);
    }
    return {};
  }

  // "\ No newline at end of file"
  void take_missing_line_feed(DiffHunk& hunk) {
    if (at_ >= lines_.size() || !lines_[at_].starts_with('\\')) return;
    auto& text = hunk.lines.back().text;
    if (text.ends_with('\n')) text.pop_back();
    ++at_;
  }

  // Files that only change their mode, or are empty, have no names but in the first line.
  Result<void> finish() {
    if (!current_) return {};
    if (current_->name.empty()) {
      MODTOOL_TRY(current_->name, name_of_git_line());
    }
    diffs_.push_back(std::move(*current_));
    current_.reset();
    in_header_ = false;
    return {};
  }

  // "diff --git a/name b/name": both names are equal, since renames are refused.
  Result<std::string> name_of_git_line() const {
    const auto names = git_line_.substr(std::string_view("diff --git ").size());
    const auto half = names.substr(0, names.size() / 2);
    const bool equal = names.size() % 2 == 1 && half.substr(std::min<std::size_t>(2, half.size())) ==
                                                    names.substr(std::min(names.size(), half.size() + 3));
    if (!equal) return problem(current_->line, "the names differ: a rename");
    return checked_name(half, current_->line);
  }

  std::vector<std::string_view> lines_;
  const std::string& file_;
  std::size_t at_ = 0;
  std::optional<FileDiff> current_;
  bool in_header_ = false;  // behind "diff --git", before the names
  std::string_view git_line_;
  std::vector<FileDiff> diffs_;
};

class DiffApplication {
 public:
  DiffApplication(std::string_view original, const FileDiff& diff) : old_(lines_of(original)), diff_(diff) {}

  Result<std::string> run() {
    for (const auto& hunk : diff_.hunks) MODTOOL_CHECK(apply(hunk));
    copy_to(old_.size());
    return std::move(text_);
  }

 private:
  static std::vector<std::string_view> old_lines_of(const DiffHunk& hunk) {
    std::vector<std::string_view> lines;
    for (const auto& line : hunk.lines) {
      if (line.kind != '+') lines.push_back(line.text);
    }
    return lines;
  }

  bool fits(const std::vector<std::string_view>& wanted, std::size_t at) const {
    return at >= done_ && at + wanted.size() <= old_.size() &&
           std::equal(wanted.begin(), wanted.end(), old_.begin() + static_cast<std::ptrdiff_t>(at));
  }

  // The place nearest to the expected one where the old lines stand.
  std::optional<std::size_t> find(const std::vector<std::string_view>& wanted, std::size_t expected) const {
    for (std::size_t distance = 0; distance <= old_.size(); ++distance) {
      if (expected + distance <= old_.size() && fits(wanted, expected + distance)) return expected + distance;
      if (distance > 0 && distance <= expected && fits(wanted, expected - distance)) return expected - distance;
    }
    return std::nullopt;
  }

  // Where a hunk without old lines goes in: behind the line that its header names, which has no other witness.
  Result<void> apply(const DiffHunk& hunk) {
    const auto wanted = old_lines_of(hunk);
    const std::size_t line = wanted.empty() || hunk.old_start == 0 ? hunk.old_start : hunk.old_start - 1;
    const auto at = find(wanted, shifted(line));
    if (!at) {
      return fail(
          Error{.code = Code::kPatchFailed, .message = "the lines that this hunk changes are not in the file"}.at(
              {.line = hunk.line}));
    }
    shift_ = static_cast<std::ptrdiff_t>(*at) - static_cast<std::ptrdiff_t>(line);
    copy_to(*at);
    for (const auto& each : hunk.lines) {
      if (each.kind != '-') text_ += each.text;
    }
    done_ = *at + wanted.size();
    return {};
  }

  // Where a line is after what moved the hunks before it.
  std::size_t shifted(std::size_t line) const {
    const auto moved = static_cast<std::ptrdiff_t>(line) + shift_;
    return moved < 0 ? 0 : std::min(static_cast<std::size_t>(moved), old_.size());
  }

  void copy_to(std::size_t end) {
    for (; done_ < end; ++done_) text_ += old_[done_];
  }

  std::vector<std::string_view> old_;
  const FileDiff& diff_;
  std::size_t done_ = 0;      // lines of the old file that are dealt with
  std::ptrdiff_t shift_ = 0;  // how far the last hunk was from where its header says
  std::string text_;
};

}  // namespace

Result<std::vector<FileDiff>> parse_unified_diff(std::string_view text, const std::string& file) {
  return DiffParser(text, file).parse();
}

Result<std::string> apply_diff(std::string_view original, const FileDiff& diff) {
  return DiffApplication(original, diff).run();
}

}  // namespace modtool::patch
