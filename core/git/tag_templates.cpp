#include "core/git/tag_templates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/ascii.hpp"
#include "core/module/semver.hpp"

namespace modtool::git {
namespace {

constexpr std::size_t kMaxTag = 255;  // bytes; matching may try every length of a pre-release

std::string_view without_zeros(std::string_view number) {
  while (number.size() > 1 && number.front() == '0') number.remove_prefix(1);
  return number;
}

// All digits at the front, zeros in front of a number included.
std::string_view digits_of(std::string_view text) {
  const auto end = std::ranges::find_if_not(text, is_digit);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

}  // namespace

// What a tag's text was read as so far.
struct TagTemplates::Numbers {
  std::array<std::string_view, 3> parts = {"0", "0", "0"};
  std::string_view pre;

  std::string version() const {
    std::string text =
        fmt::format("v{}.{}.{}", without_zeros(parts[0]), without_zeros(parts[1]), without_zeros(parts[2]));
    if (!pre.empty()) text.append("-").append(pre);
    return text;
  }
};

class TagTemplates::Parser {
 public:
  Parser(std::string_view text, std::string_view subdirectory) : text_(text), subdirectory_(subdirectory) {}

  Result<Template> run() && {
    for (std::string_view rest = text_; !rest.empty();) {
      const auto open = rest.find_first_of("{}");
      add_text(rest.substr(0, open));
      if (open == std::string_view::npos) break;
      const auto close = rest.find('}', open);
      if (rest[open] == '}' || close == std::string_view::npos) return refuse("a brace stands alone");
      const auto name = rest.substr(open + 1, close - open - 1);
      rest.remove_prefix(close + 1);
      if (name == "subdir") {
        add_subdirectory(rest);
      } else {
        MODTOOL_CHECK(add_placeholder(name));
      }
    }
    MODTOOL_CHECK(check());
    return std::move(made_);
  }

 private:
  std::unexpected<Error> refuse(std::string_view why) const {
    return fail(Code::kBadTagTemplate, fmt::format("tag template `{}`: {}", text_, why));
  }

  void add_text(std::string_view text) {
    if (text.empty()) return;
    if (made_.pieces.empty() || made_.pieces.back().kind != Kind::kText) made_.pieces.push_back({});
    made_.pieces.back().text += text;
  }

  void add_subdirectory(std::string_view& rest) {
    made_.own = !subdirectory_.empty();
    add_text(subdirectory_);
    if (subdirectory_.empty() && rest.starts_with('/')) rest.remove_prefix(1);
  }

  Result<void> add_placeholder(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, Kind>, 5> kNames = {{{"version", Kind::kVersion},
                                                                          {"major", Kind::kMajor},
                                                                          {"minor", Kind::kMinor},
                                                                          {"patch", Kind::kPatch},
                                                                          {"pre", Kind::kPre}}};
    const auto known = std::ranges::find(kNames, name, [](const auto& each) { return each.first; });
    if (known == kNames.end()) return refuse(fmt::format("there is no placeholder {{{}}}", name));
    if (has(known->second)) return refuse(fmt::format("{{{}}} stands twice", name));
    const auto is_number = [](Kind kind) { return kind != Kind::kText && kind != Kind::kPre; };
    if (!made_.pieces.empty() && is_number(made_.pieces.back().kind) && is_number(known->second)) {
      return refuse("two numbers with nothing between them");
    }
    made_.pieces.push_back({known->second, {}});
    return {};
  }

  Result<void> check() const {
    if (!has(Kind::kVersion) && !has(Kind::kMajor)) return refuse("it needs {version} or {major}");
    const bool has_part = has(Kind::kMajor) || has(Kind::kMinor) || has(Kind::kPatch) || has(Kind::kPre);
    if (has(Kind::kVersion) && has_part) return refuse("{version} stands for all parts of a version");
    return {};
  }

  bool has(Kind kind) const { return std::ranges::find(made_.pieces, kind, &Piece::kind) != made_.pieces.end(); }

  std::string_view text_;
  std::string_view subdirectory_;
  Template made_;
};

// Tries one template. Numbers take all digits there are, pre-releases as much as the rest of the template leaves.
class TagTemplates::Matcher {
 public:
  explicit Matcher(const Template& tried) : pieces_(tried.pieces) {}

  std::optional<std::string> run(std::string_view tag) {
    numbers_ = {};
    if (!match(0, tag)) return std::nullopt;
    std::string version = numbers_.version();
    const bool usable = module::is_valid_version(version) && !module::is_pseudo_version(version);
    return usable ? std::optional(std::move(version)) : std::nullopt;
  }

 private:
  bool match(std::size_t index, std::string_view text) {
    if (index == pieces_.size()) return text.empty();
    const Piece& piece = pieces_[index];
    switch (piece.kind) {
      case Kind::kText:
        return text.starts_with(piece.text) && match(index + 1, text.substr(piece.text.size()));
      case Kind::kVersion:
        return match_version(index, text);
      case Kind::kPre:
        return match_pre(index, text);
      default:
        return take_number(static_cast<std::size_t>(piece.kind) - static_cast<std::size_t>(Kind::kMajor), text) &&
               match(index + 1, text);
    }
  }

  bool take_number(std::size_t part, std::string_view& text) {
    const auto digits = digits_of(text);
    if (digits.empty()) return false;
    numbers_.parts[part] = digits;
    text.remove_prefix(digits.size());
    return true;
  }

  bool match_version(std::size_t index, std::string_view text) {
    if (!take_number(0, text) || !take_dotted(1, text)) return false;
    take_dotted(2, text);
    if (text.starts_with('-') && match_pre(index, text.substr(1))) return true;
    numbers_.pre = {};
    return match(index + 1, text);
  }

  bool take_dotted(std::size_t part, std::string_view& text) {
    if (text.size() < 2 || text[0] != '.' || !is_digit(text[1])) return false;
    text.remove_prefix(1);
    return take_number(part, text);
  }

  bool match_pre(std::size_t index, std::string_view text) {
    for (std::size_t size = text.size(); size > 0; --size) {
      numbers_.pre = text.substr(0, size);
      if (match(index + 1, text.substr(size))) return true;
    }
    return false;
  }

  const std::vector<Piece>& pieces_;
  Numbers numbers_;
};

Result<TagTemplates> TagTemplates::parse(const std::vector<std::string>& templates, std::string_view subdirectory) {
  static const std::vector<std::string> kDefault = {"{subdir}/v{version}", "v{version}", "{version}"};
  TagTemplates made;
  for (const auto& text : templates.empty() ? kDefault : templates) {
    MODTOOL_TRY(auto parsed, Parser(text, subdirectory).run());
    made.templates_.push_back(std::move(parsed));
  }
  return made;
}

std::optional<TagVersion> TagTemplates::match(std::string_view tag) const {
  if (tag.size() > kMaxTag) return std::nullopt;
  for (std::size_t rank = 0; rank < templates_.size(); ++rank) {
    auto version = Matcher(templates_[rank]).run(tag);
    if (version) return TagVersion{std::move(*version), rank, templates_[rank].own};
  }
  return std::nullopt;
}

}  // namespace modtool::git
