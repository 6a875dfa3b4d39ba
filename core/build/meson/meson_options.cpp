#include "core/build/meson/meson_options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "core/build/meson/meson_text.hpp"
#include "core/build/meson/meson_wrap.hpp"

namespace modtool::build {
namespace {

constexpr std::string_view kWrapMode = "wrap_mode";
constexpr std::string_view kNoDownload = "nodownload";
constexpr std::string_view kForced = "force_fallback_for";
constexpr std::string_view kCMakePath = "cmake_prefix_path";
constexpr std::string_view kPkgConfigPath = "pkg_config_path";

// CMake's variables among the definitions go to the modules that CMake builds.
constexpr std::string_view kCMakePrefix = "CMAKE_";

bool is_subproject(const PlacedSubproject& placed) { return !placed.directory.empty(); }

// By whichever name a dependency is asked for, the module is taken, and not what the machine has.
std::set<std::string> forced_names(const MesonLayout& layout) {
  std::set<std::string> names;
  for (const auto& placed : layout.subprojects) {
    if (!is_subproject(placed)) continue;
    names.insert(placed.subproject.name);
    names.insert(placed.subproject.names.begin(), placed.subproject.names.end());
  }
  return names;
}

std::string format_machine_file(const MesonLayout& layout) {
  std::string forced;
  for (const auto& name : forced_names(layout)) forced += (forced.empty() ? "" : ", ") + meson_string(name);
  std::string text = fmt::format("{}[built-in options]\n{} = {}\n{} = [{}]\n", kMesonMark, kWrapMode,
                                 meson_string(kNoDownload), kForced, forced);
  for (const auto& placed : layout.subprojects) {
    const auto& options = placed.subproject.module->recipe.meson.options;
    if (!is_subproject(placed) || options.empty()) continue;
    text += fmt::format("\n[{}:project options]\n", placed.subproject.name);
    for (const auto& [name, value] : options) text += fmt::format("{} = {}\n", name, meson_string(value));
  }
  return text;
}

std::string_view name_of(std::string_view definition) { return definition.substr(0, definition.find('=')); }

bool is_list(std::string_view option) { return option == kForced || option == kCMakePath || option == kPkgConfigPath; }

// `values`, and behind them what the user sets.
std::string joined(std::string_view option, const std::string& values, const MesonDefinitions& definitions) {
  std::string others = option == kPkgConfigPath ? definitions.pkg_config_path : "";
  std::ranges::replace(others, ':', ',');
  for (const auto& definition : definitions.users) {
    if (name_of(definition) == option) others = definition.substr(std::min(option.size() + 1, definition.size()));
  }
  return values.empty() || others.empty() ? values + others : values + "," + others;
}

}  // namespace

Values meson_options(const MesonLayout& layout) {
  Values options = {{std::string(kWrapMode), std::string(kNoDownload)},
                    {std::string(kForced), fmt::format("{}", fmt::join(forced_names(layout), ","))}};
  for (const auto& placed : layout.subprojects) {
    if (!is_subproject(placed)) continue;
    for (const auto& [name, value] : placed.subproject.module->recipe.meson.options) {
      options.emplace_back(fmt::format("{}:{}", placed.subproject.name, name), value);
    }
  }
  return options;
}

std::vector<std::string> define_options(const MesonLayout& layout, const MesonDefinitions& definitions) {
  Values options = meson_options(layout);
  if (!definitions.prefix.empty()) {
    options.emplace_back(kCMakePath, definitions.prefix);
    options.emplace_back(kPkgConfigPath,
                         fmt::format("{0}/lib/pkgconfig,{0}/lib64/pkgconfig,{0}/share/pkgconfig", definitions.prefix));
  }
  std::vector<std::string> defined;
  std::set<std::string_view> lists;
  for (const auto& [name, value] : options) {
    if (is_list(name)) lists.insert(name);
    defined.push_back(fmt::format("-D{}={}", name, is_list(name) ? joined(name, value, definitions) : value));
  }
  for (const auto& definition : definitions.users) {
    const bool is_here = !lists.contains(name_of(definition)) && !definition.starts_with(kCMakePrefix);
    if (is_here) defined.push_back("-D" + definition);
  }
  return defined;
}

Result<void> check_definitions(const std::vector<std::string>& users) {
  const bool has_mode = std::ranges::any_of(users, [](const auto& user) { return name_of(user) == kWrapMode; });
  if (!has_mode) return {};
  return fail(Code::kUsage, "`-D wrap_mode` is modtool's own: nothing is downloaded for a build");
}

std::vector<GeneratedFile> meson_files(const MesonLayout& layout) {
  return {{".gitignore", "*\n"}, {"meson.ini", format_machine_file(layout)}};
}

}  // namespace modtool::build
