// Which vendored files the go command, or what it runs, may read when it builds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/packages/indexed_tree.hpp"

namespace modtool::packages {

// Whether go/build gives a file to another compiler, or that includes it, by the end of its name.
bool is_foreign_name(std::string_view name);

// Of the files of a module that are vendored (names in its tree) those that a build may read, whatever its constraints
// are: Go files and what they embed; licences and their like, which must not go missing either; and everything beside a
// file that is compiled in another language, or beside a Go file that imports "C" or cannot be read: what such a
// compiler includes, nobody knows. Sorted. Only Go files among `files` are read.
Result<std::vector<std::string>> find_build_inputs(const IndexedTree& module, const std::vector<std::string>& files);

}  // namespace modtool::packages
