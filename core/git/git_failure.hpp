// What a failure of libgit2 over the network stands for: it has few codes for them, and says the rest in words.
#pragma once

#include <string>

#include "core/base/error.hpp"
#include "core/git/git_network.hpp"

namespace modtool::git {

// The error for an outcome of libgit2 and its last message.
Error git_failure(const GitRequest& request, int outcome, const std::string& message);

}  // namespace modtool::git
