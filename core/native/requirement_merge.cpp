#include "core/native/requirement_merge.hpp"

#include <map>

#include "core/module/semver.hpp"

namespace modtool::native {

using module::ModuleVersion;

std::optional<std::string> merge_version(const Three<std::string>& versions) {
  if (const auto* merged = merge_value(versions)) return *merged;
  if (!versions.ours || !versions.theirs) return versions.either();
  return module::compare_versions(*versions.ours, *versions.theirs) >= 0 ? versions.ours : versions.theirs;
}

std::vector<ModuleVersion> merge_requirements(const std::vector<ModuleVersion>& base,
                                              const std::vector<ModuleVersion>& ours,
                                              const std::vector<ModuleVersion>& theirs) {
  std::map<std::string, Three<std::string>> versions;
  for (const auto& module : base) versions[module.path].base = module.version;
  for (const auto& module : ours) versions[module.path].ours = module.version;
  for (const auto& module : theirs) versions[module.path].theirs = module.version;
  std::vector<ModuleVersion> merged;
  for (const auto& [path, of_path] : versions) {
    const auto version = merge_version(of_path);
    if (version) merged.push_back({path, *version});
  }
  return merged;
}

}  // namespace modtool::native
