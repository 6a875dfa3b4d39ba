// What CMake knows of the targets of a build: where they look for headers, and what they are linked with.
#pragma once

#include <string>

#include "core/build/compiled/look.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

// For look_at_build(), from CMake's file API and the `_modtool/includes` that the provider writes. The references must
// outlive it.
BuildFacts cmake_facts(const BuildRequest& request, const io::FileReader& files, const std::string& build_directory);

}  // namespace modtool::build
