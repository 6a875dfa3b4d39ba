// `list --dirs`: the selected modules with where their sources are, proven now.
#pragma once

#include <vector>

#include "cli/tasks/build_sources.hpp"
#include "core/engine/list.hpp"

namespace modtool::tasks {

// As engine::list_modules, but the sources are proven as for a build, and each module has a directory: what no
// directory holds yet is put into the store. Errors as for prove_sources() and locate_modules().
Result<std::vector<engine::ListedModule>> list_proven_modules(const engine::Context& context, ProofListener& listener);

}  // namespace modtool::tasks
