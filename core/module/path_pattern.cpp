#include "core/module/path_pattern.hpp"

#include <string>
#include <vector>

namespace modtool::module {
namespace {

constexpr std::string_view kWildcard = "...";

// The fixed texts between the wildcards: "a/...b" has "a/" and "b".
std::vector<std::string_view> fixed_texts(std::string_view pattern) {
  std::vector<std::string_view> texts;
  for (auto at = pattern.find(kWildcard); at != std::string_view::npos; at = pattern.find(kWildcard)) {
    texts.push_back(pattern.substr(0, at));
    pattern.remove_prefix(at + kWildcard.size());
  }
  texts.push_back(pattern);
  return texts;
}

// Each fixed text in the first place that is left; the last one at the end.
bool match(std::string_view pattern, std::string_view path) {
  const auto texts = fixed_texts(pattern);
  if (texts.size() == 1) return path == pattern;
  if (!path.starts_with(texts.front())) return false;
  path.remove_prefix(texts.front().size());
  for (std::size_t i = 1; i + 1 < texts.size(); ++i) {
    const auto at = path.find(texts[i]);
    if (at == std::string_view::npos) return false;
    path.remove_prefix(at + texts[i].size());
  }
  return path.ends_with(texts.back());
}

}  // namespace

bool match_path_pattern(std::string_view pattern, std::string_view path) {
  constexpr std::string_view kBelow = "/...";
  if (pattern.ends_with(kBelow) && match(pattern.substr(0, pattern.size() - kBelow.size()), path)) return true;
  return match(pattern, path);
}

}  // namespace modtool::module
