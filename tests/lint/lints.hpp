// The lints of the house: what the design promises about the sources and a machine can see.
#pragma once

#include <string_view>

#include "tests/lint/source_tree.hpp"

namespace modtool::lint {

// Includes and build files follow the arrows between the layers, and each third party's header is included only behind
// its door (the two tables stand at the top of layers.cpp).
Findings check_layers(const SourceTree& tree);

// Nothing below cli prints, exits or reads the environment.
Findings check_quiet(const SourceTree& tree);

// Every error code of core/base/error_code.hpp has its page in docs/errors/ and a test that names it; every page there
// has a code.
Findings check_codes(const SourceTree& tree);

// Sources stay under 400 lines, and nothing in them is left for later.
Findings check_shape(const SourceTree& tree);

// A released program knows none of the hooks that go's own tests use.
Findings check_binary(std::string_view path, std::string_view bytes);

}  // namespace modtool::lint
