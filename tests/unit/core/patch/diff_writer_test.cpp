#include "core/patch/diff_writer.hpp"

#include "tests/support/check.hpp"

namespace modtool::patch {
namespace {

std::string lines(int from, int to) {
  std::string text;
  for (int i = from; i <= to; ++i) text += std::to_string(i) + "\n";
  return text;
}

TEST_CASE("equal texts have no diff") { CHECK(unified_diff("f", lines(1, 9), lines(1, 9)).empty()); }

TEST_CASE("changes stand in hunks with three lines around them, removed lines first") {
  const std::string before = lines(1, 30);
  const std::string after = lines(1, 4) + "five\nsix\n" + lines(7, 20) + "20.5\n" + lines(21, 30);
  CHECK(unified_diff("f", before, after) ==
        "--- f\n+++ f\n"
        "@@ -2,8 +2,8 @@\n 2\n 3\n 4\n-5\n-6\n+five\n+six\n 7\n 8\n 9\n"
        "@@ -18,6 +18,7 @@\n 18\n 19\n 20\n+20.5\n 21\n 22\n 23\n");
}

TEST_CASE("changes at both ends of a text are shown") {
  CHECK(unified_diff("f", lines(1, 3), lines(2, 4)) == "--- f\n+++ f\n@@ -1,3 +1,3 @@\n-1\n 2\n 3\n+4\n");
}

TEST_CASE("line ends of another system are not shown") {
  CHECK(unified_diff("f", "a\r\nb\r\n", "a\r\nc\r\n") == "--- f\n+++ f\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
}

}  // namespace
}  // namespace modtool::patch
