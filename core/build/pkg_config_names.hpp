// What pkg-config calls the modules of a build plan.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/build/build_plan.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

// Settles `pkg_config` of each module, in whose place nothing of the machine may be found: its packages' names, as they
// are and in lower case, the last element of its path, and the names of its own pkg-config files (zlib.pc.in), as far
// as no other module has the name by something that stands in front. To be called behind name_packages().
Result<void> claim_pkg_config(BuildPlan& plan, const io::FileReader& files, const std::string& root);

// The name that a file makes known to pkg-config: "zlib" of zlib.pc, zlib.pc.in and zlib.pc.cmakein; empty where it
// makes none, or one that only a build tool knows.
std::string pkg_config_name_of(std::string_view file);

}  // namespace modtool::build
