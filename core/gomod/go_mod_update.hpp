// Bringing the requirements of a main module's go.mod up to date, as the go command does it
// (go.dev/ref/mod#go-mod-file-updates).
#pragma once

#include <optional>
#include <string>

#include "core/gomod/go_mod.hpp"
#include "core/manifest/dialect.hpp"

namespace modtool::gomod {

// The text of the go.mod with these roots, in the standard style; nothing where it says the same already. Of every path
// the first requirement stays with its comments; since Go 1.17 direct and indirect ones stand in blocks of their own.
// The go line is that of the root "go"; a toolchain line that it makes needless goes.
std::optional<std::string> update_go_mod(GoMod mod, const manifest::Roots& roots);

}  // namespace modtool::gomod
