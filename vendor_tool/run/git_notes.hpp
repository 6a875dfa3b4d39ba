// What Git would do to a vendor directory that is committed: told at once, before a clone cannot be proven.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/engine/context.hpp"
#include "core/engine/open_project.hpp"

namespace modtool::vendor_tool {

// A line for the files of a project's vendor directory that Git would leave out of a commit, and one for those that it
// would change, each with what helps. Empty where all would be kept as they are, or the project lies in no repository.
// Of files that are `recorded` as left out, by their place in vendor/, nothing is said.
Result<std::vector<std::string>> git_notes(const engine::Context& context, const std::string& manifest_file,
                                           const engine::ProjectChoice& choice,
                                           const std::set<std::string>& recorded = {});

}  // namespace modtool::vendor_tool
