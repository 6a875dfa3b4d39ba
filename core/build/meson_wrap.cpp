#include "core/build/meson_wrap.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "core/base/text.hpp"
#include "core/build/cmake_text.hpp"
#include "core/build/meson_text.hpp"

namespace modtool::build {

std::string format_wrap(const PlacedSubproject& placed) {
  std::string text = fmt::format("{}[wrap-file]\ndirectory = {}\n\n[provide]\n", kMesonMark, placed.directory);
  std::map<std::string, std::string> variables;  // Meson leaves case aside
  for (const auto& [name, variable] : placed.subproject.variables) variables.emplace(to_lower(name), variable);
  std::set<std::string> overridden;
  for (const auto& name : placed.subproject.names) {
    if (!variables.contains(to_lower(name))) overridden.insert(to_lower(name));
  }
  if (!overridden.empty()) text += fmt::format("dependency_names = {}\n", fmt::join(overridden, ", "));
  for (const auto& [name, variable] : variables) text += fmt::format("{} = {}\n", name, variable);
  return text;
}

std::string format_headers(const PlacedSubproject& placed) {
  const auto& module = *placed.subproject.module;
  std::string directories;
  for (const auto& directory : module.recipe.header_only) {
    const std::string path = fmt::format("{}{}", kMesonSources, directory == "." ? "" : "/" + directory);
    directories += (directories.empty() ? "" : ", ") + meson_string(path);
  }
  std::string text = fmt::format(
      "{0}project({1}, version: {2})\nheaders = declare_dependency(version: {2},\n"
      "  include_directories: include_directories({3}, is_system: true))\n",
      kMesonMark, meson_string(placed.subproject.name), meson_string(module.cmake_version), directories);
  for (const auto& name : placed.subproject.names) {
    text += fmt::format("meson.override_dependency({}, headers)\n", meson_string(name));
  }
  return text;
}

namespace {

// What is said of a key, as written; empty where nothing is.
std::string value_in_wrap(std::string_view wrap, std::string_view key) {
  for (const auto line : split_lines(wrap)) {
    const auto equals = line.find('=');
    if (equals != line.npos && trim(line.substr(0, equals)) == key) return std::string(trim(line.substr(equals + 1)));
  }
  return {};
}

}  // namespace

std::string directory_in_wrap(std::string_view wrap, std::string_view otherwise) {
  const std::string directory = value_in_wrap(wrap, "directory");
  return directory.empty() ? std::string(otherwise) : directory;
}

std::string redirection_in_wrap(std::string_view wrap) {
  return trim(wrap).starts_with("[wrap-redirect]") ? value_in_wrap(wrap, "filename") : std::string();
}

}  // namespace modtool::build
