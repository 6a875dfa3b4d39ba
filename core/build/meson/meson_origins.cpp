#include "core/build/meson/meson_origins.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

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

}  // namespace

Result<void> check_origins(const std::vector<FoundDependency>& found, const OriginRules& rules) {
  for (const auto& dependency : found) {
    const auto* provider = find_provider(rules.layout, dependency.name);
    if (provider != nullptr) {
      const bool is_installed = provider->subproject.kind == SubprojectKind::kCMake;
      if (is_installed && leads_below(dependency, rules.prefix)) continue;
      return fail(Code::kBadRecipe, fmt::format("the dependency `{}` was found on this machine, and {} should provide "
                                                "it: {}",
                                                dependency.name, to_string(provider->subproject.module->module),
                                                reason(*provider, dependency.name)));
    }
    if (rules.is_strict && !is_allowed(dependency.name, rules)) {
      return fail(dependency_missing(dependency.name, "--strict lets none of this machine in"));
    }
  }
  return {};
}

}  // namespace modtool::build
