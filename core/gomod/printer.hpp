// Writing go.mod and go.work in the go command's standard style.
#pragma once

#include <string>

#include "core/gomod/syntax.hpp"

namespace modtool::gomod {

// The bytes that `go mod edit -fmt` would write for the tree.
std::string format(const SyntaxTree& tree);

}  // namespace modtool::gomod
