// The child process that lays out for tests: this very program, told to run the one test case that is no test.
#pragma once

#include "core/io/process.hpp"
#include "graph/layout.hpp"

namespace modtool::test {

inline graph::LayoutChild layout_child() {
  return {.command = {io::own_executable(), "--no-skip", "--test-case=layout child", "--out=/dev/null"}};
}

}  // namespace modtool::test
