// How requirements are merged in every file of the native dialect: by path; a version that both sides changed becomes
// the higher one, which is what minimal version selection makes of two requirements anyhow.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/three_way.hpp"
#include "core/module/module_version.hpp"

namespace modtool::native {

// A version, or nothing where the path is not required. Where one side dropped what the other raised, the raised one
// stays: whoever merges texts sees that case first and makes a conflict of it.
std::optional<std::string> merge_version(const Three<std::string>& versions);

// Each sorted by path, one version a path; so is the result.
std::vector<module::ModuleVersion> merge_requirements(const std::vector<module::ModuleVersion>& base,
                                                      const std::vector<module::ModuleVersion>& ours,
                                                      const std::vector<module::ModuleVersion>& theirs);

}  // namespace modtool::native
