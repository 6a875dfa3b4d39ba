#include "core/gomod/go_sum.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"

namespace modtool::gomod {
namespace {

TEST_CASE("go.sum is read line by line, blank lines and unknown algorithms included") {
  const auto table =
      REQUIRE_OK(parse_go_sum("a v1.0.0 h1:x=\n\n  \n a\tv1.0.0/go.mod  h1:y= \r\na v1.0.0 h9:z", "go.sum"));
  const module::ModuleVersion key{"a", "v1.0.0"};
  CHECK(table.all().size() == 2);
  REQUIRE(table.lines(key).size() == 2);
  CHECK(table.lines(key)[1].hash == "h9:z");
  CHECK(table.lines(key)[1].where == Where{"go.sum", 5, 0});
  CHECK(table.h1(manifest::go_mod_key(key)) == "h1:y=");
}

TEST_CASE("lines for an empty go.mod, an error of old, are left out") {
  const auto table = REQUIRE_OK(parse_go_sum("a v1.0.0/go.mod h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=\n", "s"));
  CHECK(table.all().empty());
}

TEST_CASE("every malformed line of go.sum is told in Go's words") {
  const auto result = parse_go_sum("a v1.0.0\nb v1.0.0 h1:x=\nc\n", "/m/go.sum");
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().code == Code::kGoSumSyntax);
  CHECK(to_line(result.error()) == "malformed go.sum:");
  REQUIRE(result.error().problems.size() == 2);
  CHECK(to_line(result.error().problems[0]) == "/m/go.sum:1: wrong number of fields 2");
  CHECK(to_line(result.error().problems[1]) == "/m/go.sum:3: wrong number of fields 1");
}

TEST_CASE("a merge conflict in go.sum is named as one, even where its lines have three fields") {
  CHECK_ERROR(parse_go_sum("<<<<<<< HEAD\na v1 h1:x\n=======\n>>>>>>> b\n", "go.sum"), Code::kConflictMarker,
              "go.sum:1: wrong number of fields 2");
  CHECK_ERROR(parse_go_sum("a v1 h1:x\n>>>>>>> 1a2b3c (a subject)\n", "go.sum"), Code::kConflictMarker, "go.sum:2: ");
  CHECK_ERROR(parse_go_sum("a v1 h1:x\n>>>>>>> 1a2b3c (subject)\n", "go.sum"), Code::kConflictMarker,
              "go.sum:2: the file holds a merge conflict");
}

TEST_CASE("go.sum is written sorted, each line once") {
  const std::string text =
      "b v1.0.0 h1:1\na v1.10.0 h1:2\na v1.9.0/go.mod h1:3\na v1.9.0 h1:5\na v1.9.0 h1:4\na v1.9.0 h1:5\n";
  CHECK(format_go_sum(REQUIRE_OK(parse_go_sum(text, "go.sum"))) ==
        "a v1.9.0 h1:4\na v1.9.0 h1:5\na v1.9.0/go.mod h1:3\na v1.10.0 h1:2\nb v1.0.0 h1:1\n");
}

}  // namespace
}  // namespace modtool::gomod
