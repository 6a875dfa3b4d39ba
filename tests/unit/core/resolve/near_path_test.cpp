#include "core/resolve/near_path.hpp"

#include "tests/support/check.hpp"

namespace modtool::resolve {
namespace {

TEST_CASE("names that people mistake for each other are near") {
  const std::vector<std::string> known = {"github.com/boltdb/bolt", "github.com/sirupsen/logrus",
                                          "github.com/fmtlib/fmt"};
  struct Case {
    std::string_view path;
    std::string_view near;
  };
  const Case cases[] = {
      {"github.com/boltdb-go/bolt", "github.com/boltdb/bolt"},
      {"github.com/siruspen/logrus", "github.com/sirupsen/logrus"},
      {"github.com/FmtLib/fmt", "github.com/fmtlib/fmt"},
      {"github.com/fmtlib/fmt", ""},  // known
      {"github.com/fmtlib/abc", ""},  // its neighbour
      {"github.com/gabime/spdlog", ""},
      {"github.com/fmtlib/fmt/sub", ""},
      {"github.com/boltdb-go/bolts", ""},  // two slips
      {"github.com/fmtlib/fmd", "github.com/fmtlib/fmt"},
      {"github.com/fmtlib/fm", "github.com/fmtlib/fmt"},
      {"github.com/fmtlib/", ""},
      {"gihtub.com/fmtlib/fmt", "github.com/fmtlib/fmt"},
      {"GitHub.com/FMTlib/FMT", "github.com/fmtlib/fmt"},
      {"GitHub.com/fmtlib/fmd", ""},  // case in one element, letters in another
      {"github.com/fmtlib", ""},
      {"fmt", ""},
      {"", ""},
  };
  for (const auto& [path, near] : cases) {
    INFO(path);
    CHECK(near_path(path, known) == near);
  }
}

TEST_CASE("of several near paths the first is told, and none where the path itself is known") {
  CHECK(near_path("example.com/abcdef", {"example.com/abcdeg", "example.com/ABCDEF"}) == "example.com/abcdeg");
  CHECK(near_path("example.com/abcdef", {"example.com/ABCDEF", "example.com/abcdeg"}) == "example.com/ABCDEF");
  CHECK(near_path("example.com/abcdef", {"example.com/abcdeg", "example.com/abcdef"}).empty());
  CHECK(near_path("example.com/abcdef", {}).empty());
}

}  // namespace
}  // namespace modtool::resolve
