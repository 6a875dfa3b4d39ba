#include "core/build/meson/meson_wrap.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "core/base/text.hpp"
#include "core/build/cmake/cmake_text.hpp"
#include "core/build/meson/meson_text.hpp"

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

void add_provided(Wrap& wrap, const std::string& key, std::string_view value) {
  if (key == "program_names") return;
  if (key != "dependency_names") return wrap.provided.push_back(key);
  for (const auto name : split(value, ',')) wrap.provided.push_back(to_lower(trim(name)));
}

}  // namespace

Wrap read_wrap(std::string_view text, std::string name) {
  Wrap wrap{.directory = std::move(name)};
  std::string_view section;
  for (const auto line : split_lines(text)) {
    const auto equals = line.find('=');
    if (trim(line).starts_with('[')) section = trim(line);
    if (equals == line.npos) continue;
    const std::string key = to_lower(trim(line.substr(0, equals)));
    const auto value = trim(line.substr(equals + 1));
    if (section == "[provide]") {
      add_provided(wrap, key, value);
    } else if (section == "[wrap-redirect]" && key == "filename") {
      wrap.redirection = value;
    } else if (key == "directory") {
      wrap.directory = value;
    } else if (key == "url") {
      wrap.repository = value;
    } else if (key == "revision") {
      wrap.revision = value;
    } else if (key == "source_url") {
      wrap.url = value;
    }
  }
  return wrap;
}

}  // namespace modtool::build
