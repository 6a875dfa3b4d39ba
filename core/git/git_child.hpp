// The other side of git_network.hpp: what the child process does.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool::git {

// Answers the request that came on standard input: with what belongs on standard output, the listing or the error,
// which core/base/child_reply.hpp tells apart; `tell` gets what belongs on standard error, the progress. To be called
// once in a process made for it; ends that process by SIGALRM where the server is silent for longer than the request's
// patience.
using Tell = std::function<void(std::string_view)>;
std::string run_git_child(std::string_view input, const Tell& tell);

}  // namespace modtool::git
