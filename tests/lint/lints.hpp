// The lints of the house: what the design promises about the sources and a machine can see.
#pragma once

#include <string_view>

#include "tests/lint/source_tree.hpp"

namespace modtool::lint {

// Includes and build files follow the arrows between the layers, and each third party's header is included only behind
// its door (the two tables stand at the top of layers.cpp).
Findings check_layers(const SourceTree& tree);

// The layer that a path lies in: "core/io" for core/io/zip.hpp, "cli" for cli/commands/graph.hpp; of a file in no layer
// its folder.
std::string_view layer_of(std::string_view path);

// Each layer's headers that others include are its face, as ARCHITECTURE.md lists them, and the face holds no others.
Findings check_faces(const SourceTree& tree);

// What else the house promises: nothing but commands and cli's own top names the console or the session; what composes
// several storeys stays small; only a dialect's row in project's table names its folders.
Findings check_house(const SourceTree& tree);

// Nothing below cli prints, exits or reads the environment.
Findings check_quiet(const SourceTree& tree);

// Every error code of core/base/error_code.hpp has its page in docs/errors/ and a test that names it; every page there
// has a code.
Findings check_codes(const SourceTree& tree);

// Every fix that the product makes is typed by a test, or a test says why none can type it: scripts with the steps `fix
// PLACE` and `untyped PLACE WHY`, others with comments of these words. A place is a function, "core/io/zip.cpp:open";
// it is named as often as it makes a fix.
Findings check_fixes(const SourceTree& tree);

// Nothing in the sources is left for later.
Findings check_shape(const SourceTree& tree);

// Sources of more than 400 lines (of tests 600): an aim, so these are told and nothing fails.
Findings look_for_length(const SourceTree& tree);

// A released program knows none of the hooks that go's own tests use.
Findings check_binary(std::string_view path, std::string_view bytes);

}  // namespace modtool::lint
