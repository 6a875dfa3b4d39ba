// Which files of a module are executable, as a lock vouches for it: no part of the h1 hash, so they have one of their
// own.
#pragma once

#include <string>
#include <vector>

#include "core/module/module_tree.hpp"

namespace modtool::module {

// The names of the executable files of a tree, sorted.
std::vector<std::string> executable_names(const ModuleTree& tree);

// "sha256:…" of the names, each with a line feed behind it; empty where there are none:
//
//     find . -type f -perm /111 | sed 's,^\./,,' | LC_ALL=C sort | sha256sum
std::string hash_of_executables(const std::vector<std::string>& names);

}  // namespace modtool::module
