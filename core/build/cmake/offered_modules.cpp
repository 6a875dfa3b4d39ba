#include "core/build/cmake/offered_modules.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "core/base/text.hpp"
#include "core/build/cmake/cmake_text.hpp"
#include "core/module/path.hpp"

namespace modtool::build {
namespace {

// What begins a path in the library's own directory.
constexpr std::string_view kOwnDirectories[] = {"CMAKE_CURRENT_SOURCE_DIR}/", "CMAKE_CURRENT_LIST_DIR}/",
                                                "_SOURCE_DIR}/"};

// The path from the directory of the CMakeLists.txt; empty where it is none that can be told.
std::string_view own_path(std::string_view word) {
  if (word.starts_with("${")) {
    for (const auto end : kOwnDirectories) {
      const auto at = word.find(end);
      if (at != word.npos && at + end.size() == word.find('}') + 2) return own_path(word.substr(at + end.size()));
    }
  }
  return !word.contains("${") && module::check_file_path(word) ? word : std::string_view();
}

// The words of a list of arguments, without their quotes.
std::vector<std::string_view> words_of(std::string_view arguments) {
  constexpr std::string_view kBetween = " \t\r\n\"()";
  std::vector<std::string_view> words;
  for (auto at = arguments.find_first_not_of(kBetween); at != arguments.npos;) {
    const auto end = std::min(arguments.find_first_of(kBetween, at), arguments.size());
    words.push_back(arguments.substr(at, end - at));
    at = arguments.find_first_not_of(kBetween, end);
  }
  return words;
}

bool sets_module_path(std::string_view lists, const std::string& directory, const SourceReader& read) {
  return std::ranges::any_of(words_of(lists), [&](std::string_view word) {
    if (!word.ends_with("onfig.cmake.in")) return false;
    const auto path = own_path(word);
    return !path.empty() && read(directory + "/" + std::string(path)).contains("CMAKE_MODULE_PATH");
  });
}

std::set<std::string> installed_directories(std::string_view lists) {
  std::set<std::string> directories;
  const std::string small = to_lower(lists);
  constexpr std::string_view kCall = "install(";
  for (auto at = small.find(kCall); at != small.npos; at = small.find(kCall, at + 1)) {
    const std::string_view call = lists.substr(at, std::min(lists.find(')', at), lists.size()) - at);
    for (const auto word : words_of(call)) {
      const auto path = word.ends_with(".cmake") ? own_path(word) : std::string_view();
      if (path.empty()) continue;
      const auto slash = path.rfind('/');
      directories.emplace(slash == path.npos ? "." : path.substr(0, slash));
    }
  }
  return directories;
}

}  // namespace

std::vector<std::string> offered_modules(const PlannedModule& module, const SourceReader& read) {
  if (!module.overlay.empty()) return {};
  const std::string directory = cmake_directory(module);
  const std::string lists = without_comments(read(directory + "/CMakeLists.txt"));
  if (!sets_module_path(lists, directory, read)) return {};
  std::vector<std::string> offered;
  for (const auto& installed : installed_directories(lists)) {
    const std::string& subdir = module.recipe.subdir;
    offered.push_back(subdir.empty() ? installed : subdir + "/" + installed);
  }
  return offered;
}

}  // namespace modtool::build
