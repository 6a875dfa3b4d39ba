// What can be told of a graph from a lock alone, without the manifest and without a repository: which records are
// reached from the roots, and which of them are selected.
#pragma once

#include <vector>

#include "core/manifest/lock.hpp"
#include "core/module/module_version.hpp"

namespace modtool::native {

// Whether the lock has a record for all that its roots and records ask for, and asks for every record. A lock of a
// project that replaces modules is not like that: what a replacement stands for is in the manifest.
bool is_self_contained(const manifest::Lock& lock);

// Makes the lock of its roots out of records that are at least those that it needs: drops those that the roots do not
// reach, takes the places and hashes from those that lose the selection, and finds the groups that alone need one.
// Gives the selected modules whose record has no hash, because no side had selected them.
std::vector<module::ModuleVersion> settle(manifest::Lock& lock);

}  // namespace modtool::native
