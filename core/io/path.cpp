#include <vector>

#include "core/base/text.hpp"
#include "core/io/file_system.hpp"

namespace modtool::io {
namespace {

// Takes one element of a path into the elements kept so far; ".." removes one where it can.
void take_element(std::vector<std::string_view>& kept, std::string_view element, bool rooted) {
  if (element.empty() || element == ".") return;
  const bool leads_up = element == "..";
  if (leads_up && !kept.empty() && kept.back() != "..") {
    kept.pop_back();
  } else if (!leads_up || !rooted) {
    kept.push_back(element);
  }
}

}  // namespace

std::string clean_path(std::string_view path) {
  const bool rooted = is_absolute(path);
  std::vector<std::string_view> kept;
  for (const auto element : split(path, '/')) take_element(kept, element, rooted);
  std::string cleaned;
  for (const auto element : kept) {
    if (rooted || !cleaned.empty()) cleaned += '/';
    cleaned += element;
  }
  if (cleaned.empty()) return rooted ? "/" : ".";
  return cleaned;
}

std::string join_path(std::string_view directory, std::string_view name) {
  if (directory.empty()) return name.empty() ? std::string() : clean_path(name);
  if (name.empty()) return clean_path(directory);
  return clean_path(std::string(directory) + "/" + std::string(name));
}

std::string directory_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return clean_path(slash == std::string_view::npos ? "" : path.substr(0, slash + 1));
}

std::string base_name(std::string_view path) {
  if (path.empty()) return ".";
  while (path.ends_with('/')) path.remove_suffix(1);
  if (path.empty()) return "/";
  return std::string(path.substr(path.rfind('/') + 1));
}

bool is_absolute(std::string_view path) { return path.starts_with('/'); }

}  // namespace modtool::io
