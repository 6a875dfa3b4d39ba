// What Meson knows of the targets of a build: where they look for headers. Linking is told by ninja's manifest.
#pragma once

#include <string>

#include "core/build/compiled/look.hpp"
#include "core/build/meson/meson_layout.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

// For look_at_build(), from meson-info/. The references must outlive it.
BuildFacts meson_facts(const BuildRequest& request, const io::FileReader& files, const MesonLayout& layout,
                       const std::string& build_directory);

}  // namespace modtool::build
