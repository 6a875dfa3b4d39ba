// The hidden commands that this program runs itself with: each answers one request on standard input, in a process that
// can be ended and has limits of its own.
#pragma once

#include <string_view>

namespace modtool::cli {

inline constexpr std::string_view kGitChildVerb = "__git";   // Git's network work (core/git/git_network.hpp)
inline constexpr std::string_view kLayoutVerb = "__layout";  // of a graph (graph/layout_child.hpp)

}  // namespace modtool::cli
