// What a run learned of hashes that the checksum file of its project lacks.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/engine/context.hpp"
#include "core/module/module_version.hpp"
#include "core/project/project.hpp"

namespace modtool::engine {

using LearnedChecksums = std::vector<std::pair<module::ModuleVersion, std::string>>;

// Adds lines to the project's checksum file; what others have added meanwhile stays. Nothing is written where there is
// nothing to add.
Result<void> add_checksums(const Context& context, const project::Project& project, const LearnedChecksums& learned);

}  // namespace modtool::engine
