#include "core/build/meson/meson_origins.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/build/cmake/cmake_text.hpp"
#include "core/build/meson/meson_failure.hpp"

namespace modtool::build {
namespace {

bool is_allowed(const std::string& name, const OriginRules& rules) {
  return std::ranges::any_of(rules.allowed,
                             [&](const std::string& allowed) { return to_lower(allowed) == to_lower(name); });
}

bool leads_below(const FoundDependency& dependency, const std::string& directory) {
  return dependency.arguments.contains(directory + "/") || dependency.arguments.contains(directory + "\n");
}

// Why it can be that the machine's was taken, and what to do.
std::string reason(const PlacedSubproject& provider, const std::string& name) {
  const auto& path = provider.subproject.module->module.path;
  if (provider.subproject.kind == SubprojectKind::kCMake) {
    return fmt::format(
        "what that installs is not found as `{}`\nchange describe.{}.build.meson in modtool.json: \"names\": "
        "[\"what Meson finds\"]",
        name, path);
  }
  return fmt::format(
      "Meson looks only there for a dependency() with `allow_fallback: false`\n"
      "change the dependency(), or describe.{}.build.meson in modtool.json: \"names\"",
      path);
}

// The module that pkg-config would call so, though Meson is told no such name.
const PlannedModule* find_claim(const OriginRules& rules, const std::string& name) {
  for (const auto& placed : rules.layout.subprojects) {
    if (std::ranges::count(placed.subproject.pc_files, name) != 0) return placed.subproject.module;
  }
  for (const auto& module : rules.claims.modules) {
    if (std::ranges::count(module.pkg_config, name) != 0) return &module;
  }
  return nullptr;
}

// The module that a library belongs to by its name: "kit" to one that builds it, or that is called kit or libkit.
const PlacedSubproject* find_owner(const MesonLayout& layout, const std::string& library) {
  for (const auto& placed : layout.subprojects) {
    if (std::ranges::count(placed.subproject.libraries, library) != 0) return &placed;
  }
  for (const auto& name : {library, "lib" + library}) {
    if (const auto* provider = find_provider(layout, name)) return provider;
  }
  return nullptr;
}

Result<void> check_dependency(const FoundDependency& dependency, const OriginRules& rules) {
  if (const auto* provider = find_provider(rules.layout, dependency.name)) {
    const bool is_installed = provider->subproject.kind == SubprojectKind::kCMake;
    if (is_installed && leads_below(dependency, rules.prefix)) return {};
    return fail(Code::kBadRecipe, fmt::format("the dependency `{}` was found on this machine, and {} should provide "
                                              "it: {}",
                                              dependency.name, to_string(provider->subproject.module->module),
                                              reason(*provider, dependency.name)));
  }
  if (is_allowed(dependency.name, rules)) return {};
  if (leads_below(dependency, rules.prefix)) return {};  // by another name that is installed
  if (const auto* module = find_claim(rules, dependency.name)) {
    return fail(
        Code::kBadRecipe,
        fmt::format("the dependency `{0}` was found on this machine, and is what pkg-config calls {1}\n"
                    "change describe.{2}.build.meson in modtool.json: \"names\": [\"{0}\"] where its "
                    "meson.build overrides that, else \"provide\": {{\"{0}\": \"its variable\"}}; or \"build\": "
                    "{{\"allow\": [\"{0}\"]}}",
                    dependency.name, to_string(module->module), module->module.path));
  }
  if (!rules.is_strict) return {};
  return fail(dependency_missing(dependency.name, "--strict lets none of this machine in"));
}

Result<void> check_library(const std::string& library, const OriginRules& rules) {
  const auto* owner = find_owner(rules.layout, library);
  if (owner == nullptr || is_allowed(library, rules)) return {};
  const auto& names = owner->subproject.names;
  return fail(Code::kBadRecipe,
              fmt::format("find_library('{0}') has found a library of this machine, and {1} should provide it\n"
                          "change the find_library() to dependency('{2}'), or \"build\": {{\"allow\": [\"{0}\"]}} in "
                          "modtool.json",
                          library, to_string(owner->subproject.module->module),
                          names.empty() ? owner->subproject.name : names.front()));
}

bool is_asked_for(const PlacedSubproject& placed, const FoundOutside& found) {
  const auto& subproject = placed.subproject;
  if (subproject.kind == SubprojectKind::kNone || !subproject.module->is_required) return true;  // or none to ask for
  if (!placed.directory.empty()) return found.subprojects.contains(subproject.name);
  return std::ranges::any_of(found.dependencies, [&](const FoundDependency& dependency) {
    return std::ranges::any_of(subproject.names,
                               [&](const auto& name) { return to_lower(name) == to_lower(dependency.name); });
  });
}

}  // namespace

Result<void> check_origins(const FoundOutside& found, const OriginRules& rules) {
  for (const auto& dependency : found.dependencies) MODTOOL_CHECK(check_dependency(dependency, rules));
  for (const auto& library : found.libraries) MODTOOL_CHECK(check_library(library, rules));
  return {};
}

std::vector<std::string> notes_on_origins(const FoundOutside& found, const OriginRules& rules) {
  std::vector<std::string> notes;
  for (const auto& placed : rules.layout.subprojects) {
    if (is_asked_for(placed, found)) continue;
    notes.push_back(fmt::format("nothing asked for {}: no dependency('{}'), no subproject()",
                                to_string(placed.subproject.module->module), placed.subproject.name));
  }
  std::set<std::string> outside;
  for (const auto& dependency : found.dependencies) {
    const bool is_installed = leads_below(dependency, rules.prefix);
    if (!is_installed && !is_allowed(dependency.name, rules)) outside.insert(dependency.name);
  }
  if (!outside.empty()) {
    notes.push_back(
        fmt::format("from this machine, and no module's: {}; \"require\" modules in modtool.json, or let "
                    "them pass by \"build\": {{\"allow\": […]}}",
                    fmt::join(outside, ", ")));
  }
  return notes;
}

}  // namespace modtool::build
