#include "core/module/go_line.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace modtool::module {
namespace {

TEST_CASE("a go line holds a version of Go, and a dependency's is repaired") {
  struct Case {
    std::string_view version;
    bool good;
    std::string_view repaired;
  };
  const std::vector<Case> cases = {
      {"1.20", true, ""},
      {"1.0", true, ""},
      {"1.21.3", true, "1.21"},
      {"1.21rc1", true, "1.21"},
      {"1.21.3beta2", true, "1.21"},
      {"10.20", true, ""},
      {"1", false, ""},
      {"", false, ""},
      {"01.20", false, ""},
      {"1.020", false, ""},
      {"1.20.", false, "1.20"},
      {"1.20.01", false, "1.20"},
      {"v1.20", false, ""},
      {"v1.20-x", false, "1.20"},
      {"1.20rc", false, "1.20"},
      {"1.20-x", false, "1.20"},
      {"go1.20", false, ""},
      {"0.1", false, ""},
      {"1.20 ", false, "1.20"},
      {"1.20RC1", false, "1.20"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.version);
    CHECK(is_go_line(c.version) == c.good);
    CHECK(repair_go_line(c.version) == c.repaired);
  }
}

}  // namespace
}  // namespace modtool::module
