#include "core/build/meson_options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "core/build/meson_text.hpp"

namespace modtool::build {
namespace {

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
  std::string text = fmt::format(
      "# Made by modtool.\n[built-in options]\nwrap_mode = 'nodownload'\nforce_fallback_for = [{}]\n", forced);
  for (const auto& placed : layout.subprojects) {
    const auto& options = placed.subproject.module->recipe.meson.options;
    if (!is_subproject(placed) || options.empty()) continue;
    text += fmt::format("\n[{}:project options]\n", placed.subproject.name);
    for (const auto& [name, value] : options) text += fmt::format("{} = {}\n", name, meson_string(value));
  }
  return text;
}

}  // namespace

Values meson_options(const MesonLayout& layout) {
  Values options = {{"wrap_mode", "nodownload"},
                    {"force_fallback_for", fmt::format("{}", fmt::join(forced_names(layout), ","))}};
  for (const auto& placed : layout.subprojects) {
    if (!is_subproject(placed)) continue;
    for (const auto& [name, value] : placed.subproject.module->recipe.meson.options) {
      options.emplace_back(fmt::format("{}:{}", placed.subproject.name, name), value);
    }
  }
  return options;
}

std::vector<GeneratedFile> meson_files(const MesonLayout& layout) {
  return {{".gitignore", "*\n"}, {"meson.ini", format_machine_file(layout)}};
}

}  // namespace modtool::build
