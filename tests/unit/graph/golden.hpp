// Golden files: what a writer wrote when somebody last looked at it and found it right.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/support/files.hpp"

namespace modtool::test {

// Checks `actual` against tests/unit/graph/golden/<name>. With MODTOOL_ACCEPT=1 the file is written instead and the
// test fails, so that accepting never looks like passing.
inline void check_golden(const std::string& name, const std::string& actual) {
  const auto file = std::filesystem::path(MODTOOL_SOURCE_DIR) / "tests/unit/graph/golden" / name;
  if (std::getenv("MODTOOL_ACCEPT") != nullptr) {
    write_file(file, actual);
    FAIL_CHECK("accepted " << file << "; look at it, then run again without MODTOOL_ACCEPT");
    return;
  }
  CAPTURE(file);
  CHECK(read_file(file) == actual);
}

}  // namespace modtool::test
