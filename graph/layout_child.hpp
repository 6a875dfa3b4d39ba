// The other side of graph/layout.hpp: what the child process does.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool::graph {

// Lays out the request it was given on standard input, and answers what belongs on standard output: the layout, or
// the error, which core/base/child_reply.hpp tells apart. To be called once in a process made for it, with nothing
// around it.
std::string run_layout_child(std::string_view input);

}  // namespace modtool::graph
