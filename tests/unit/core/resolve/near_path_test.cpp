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
  };
  for (const auto& [path, near] : cases) {
    INFO(path);
    CHECK(near_path(path, known) == near);
  }
}

}  // namespace
}  // namespace modtool::resolve
