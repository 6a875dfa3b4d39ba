// How modtool starts itself for Git's network work (core/source/git_network.hpp).
#pragma once

#include <string_view>

namespace modtool::cli {

// The hidden command that answers one request on standard input.
inline constexpr std::string_view kGitChildVerb = "__git";

}  // namespace modtool::cli
