// The texts that make a module a subproject of Meson's. Format of a wrap: Meson's manual, "Wrap dependency system
// manual".
#pragma once

#include <string>
#include <string_view>

#include "core/build/meson_layout.hpp"

namespace modtool::build {

// The first line of each of them: what has it may be replaced and removed.
inline constexpr std::string_view kMesonMark = "# Made by modtool.\n";

// The directory beside the meson.build of format_headers() that is the module's.
inline constexpr std::string_view kMesonSources = "sources";

// A wrap without a source: nothing is fetched for it.
std::string format_wrap(const PlacedSubproject& placed);

// The meson.build of a library of headers alone.
std::string format_headers(const PlacedSubproject& placed);

// What `directory = …` is in a wrap; `otherwise` where that is not said.
std::string directory_in_wrap(std::string_view wrap, std::string_view otherwise);

// Where a wrap leads to another one, which is below the directory of a subproject; empty where it does not.
std::string redirection_in_wrap(std::string_view wrap);

}  // namespace modtool::build
