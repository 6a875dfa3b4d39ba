#include "core/git/ignore_rules.hpp"

#include <ranges>
#include <utility>

#include "core/base/glob.hpp"
#include "core/base/text.hpp"
#include "core/io/file_system.hpp"

namespace modtool::git {
namespace {

// Blanks at the end do not count, unless the last is escaped.
std::string_view without_trailing_blanks(std::string_view line) {
  while (line.ends_with(' ') && !line.ends_with("\\ ")) line.remove_suffix(1);
  return line;
}

// In a class Git takes `!` for `^`, too.
std::string as_glob(std::string_view segment) {
  std::string glob(segment);
  for (auto open = glob.find("[!"); open != glob.npos; open = glob.find("[!", open + 1)) glob[open + 1] = '^';
  return glob;
}

std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  for (const auto segment : split(path, '/')) {
    const bool is_repeated = segment == "**" && !segments.empty() && segments.back() == "**";
    if (!is_repeated) segments.push_back(as_glob(segment));
  }
  return segments;
}

// "a/b/c" below "a" is "b/c".
std::string_view below(std::string_view directory, std::string_view path) {
  return directory.empty() ? path : path.substr(directory.size() + 1);
}

}  // namespace

std::optional<IgnoreRules::Pattern> IgnoreRules::parse(std::string_view line) {
  std::string_view rest = without_trailing_blanks(line);
  Pattern pattern{.text = std::string(rest)};
  if (rest.empty() || rest.starts_with('#')) return std::nullopt;
  if (rest.starts_with('!')) {
    pattern.takes_back = true;
    rest.remove_prefix(1);
  }
  if (rest.ends_with('/')) {
    pattern.is_for_directories = true;
    rest.remove_suffix(1);
  }
  const bool is_anchored = rest.contains('/');
  if (rest.starts_with('/')) rest.remove_prefix(1);
  if (rest.empty()) return std::nullopt;
  pattern.segments = segments_of(rest);
  if (!is_anchored) pattern.segments.insert(pattern.segments.begin(), "**");
  return pattern;
}

void IgnoreRules::add(std::string directory, std::string_view text) {
  std::vector<Pattern> patterns;
  int number = 0;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (auto line : split(text, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    auto pattern = parse(line);
    if (!pattern) continue;
    pattern->line = number;
    patterns.push_back(std::move(*pattern));
  }
  if (!patterns.empty()) patterns_[std::move(directory)] = std::move(patterns);
}

bool IgnoreRules::matches(const Pattern& pattern, std::string_view path, bool is_directory) {
  if (pattern.is_for_directories && !is_directory) return false;
  std::vector<std::string> segments;
  for (const auto segment : split(path, '/')) segments.emplace_back(segment);
  return match_elements(pattern.segments, segments);
}

IgnoreRules::Decision IgnoreRules::decide(std::string_view path, bool is_directory) const {
  std::string directory(path);
  while (!directory.empty()) {
    const auto slash = directory.rfind('/');
    directory.resize(slash == std::string::npos ? 0 : slash);
    const auto found = patterns_.find(directory);
    if (found == patterns_.end()) continue;
    for (const auto& pattern : std::views::reverse(found->second)) {
      if (matches(pattern, below(directory, path), is_directory))
        return {.directory = &found->first, .pattern = &pattern};
    }
  }
  return {};
}

std::optional<IgnoreRule> IgnoreRules::rule_for(std::string_view file) const {
  for (auto slash = file.find('/');; slash = file.find('/', slash + 1)) {
    const auto decision = decide(file.substr(0, slash), slash != std::string_view::npos);
    if (decision.pattern != nullptr && !decision.pattern->takes_back) {
      return IgnoreRule{.file = io::join_path(*decision.directory, ".gitignore"),
                        .line = decision.pattern->line,
                        .text = decision.pattern->text};
    }
    if (slash == std::string_view::npos) return std::nullopt;
  }
}

}  // namespace modtool::git
