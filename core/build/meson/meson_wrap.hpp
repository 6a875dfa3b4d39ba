// The texts that make a module a subproject of Meson's. Format of a wrap: Meson's manual, "Wrap dependency system
// manual".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/build/meson/meson_layout.hpp"

namespace modtool::build {

// The first line of each of them: what has it may be replaced and removed.
inline constexpr std::string_view kMesonMark = "# Made by modtool.\n";

// The directory beside the meson.build of format_headers() that is the module's.
inline constexpr std::string_view kMesonSources = "sources";

// A wrap without a source: nothing is fetched for it.
std::string format_wrap(const PlacedSubproject& placed);

// The meson.build of a library of headers alone.
std::string format_headers(const PlacedSubproject& placed);

// What a wrap says of where its subproject is and what that provides.
struct Wrap {
  std::string directory;              // below subprojects/; that of the wrap's name where it says none
  std::string redirection;            // of a wrap that leads to another one: that file, below subprojects/
  std::string repository;             // that it would fetch; empty: none
  std::string revision;               // that it would fetch from Git: a tag, a branch or a commit; empty: none
  std::string url;                    // of the archive that it would fetch; empty: none
  std::vector<std::string> provided;  // names of dependencies, in lower case
};

// `name` is that of the file, without its ending. Any bytes may be given.
Wrap read_wrap(std::string_view text, std::string name);

}  // namespace modtool::build
