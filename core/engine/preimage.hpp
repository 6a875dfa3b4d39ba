// The h1 preimages of modules, for modtool.sums.
#pragma once

#include "core/engine/open_project.hpp"
#include "core/module/hash.hpp"

namespace modtool::engine {

// The h1 preimage of the tree of a module. Some zips have entries for directories, which Go hashes as empty files;
// trees do not show them, so where the hash is not that of the checksum line they are taken from the zip in the cache.
Result<module::Preimage> preimage_of(const Context& context, const project::Project& project,
                                     const module::ModuleVersion& module, const module::ModuleTree& tree);

}  // namespace modtool::engine
