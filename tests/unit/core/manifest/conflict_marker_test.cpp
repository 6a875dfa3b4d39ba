#include "core/manifest/conflict_marker.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"

namespace modtool::manifest {
namespace {

TEST_CASE("conflict markers are told from other lines") {
  for (const auto* line : {"<<<<<<< HEAD", "=======", ">>>>>>> branch", "||||||| 1a2b3c", "=======\r", "======= x"}) {
    CAPTURE(line);
    CHECK(is_conflict_marker(line));
  }
  for (const auto* line : {"", "<<<<<<", " <<<<<<< HEAD", "========", "<<<====", "# ======="}) {
    CAPTURE(line);
    CHECK_FALSE(is_conflict_marker(line));
  }
}

TEST_CASE("a conflict is found at its first line") {
  CHECK(check_no_conflict("a\nb\n", "f").has_value());
  CHECK_ERROR(check_no_conflict("a\n<<<<<<< x\n=======\n", "f"), Code::kConflictMarker, "f:2: ");
}

}  // namespace
}  // namespace modtool::manifest
