#include <doctest/doctest.h>

#include <cstddef>
#include <string_view>

#include "core/module/semver.hpp"

using namespace modtool::module;

TEST_CASE("one sorted list shows the order of Go versions") {
  constexpr std::string_view kAscending[] = {"bad",       "1",       "1.5",           "1.5.1",    "1.19rc1",
                                             "1.19",      "1.19.2",  "1.20.99",       "1.21",     "1.21alpha",
                                             "1.21beta1", "1.21rc1", "1.21rc2",       "1.21rc10", "1.21.0",
                                             "1.21.1",    "1.22rc1", "1.99999999999", "2"};
  for (std::size_t i = 0; i < std::size(kAscending); ++i) {
    for (std::size_t j = 0; j < std::size(kAscending); ++j) {
      const int expected = i < j ? -1 : i > j ? 1 : 0;
      CHECK_MESSAGE(compare_go_versions(kAscending[i], kAscending[j]) == expected, kAscending[i], " ", kAscending[j]);
    }
  }
}

TEST_CASE("a missing patch is 0 before 1.21 only") {
  CHECK(compare_go_versions("1", "1.0.0") == 0);
  CHECK(compare_go_versions("1.20", "1.20.0") == 0);
  CHECK(compare_go_versions("1.21", "1.21.0") == -1);
}

TEST_CASE("malformed Go versions are refused") {
  for (const std::string_view version : {"", "go1.21", "v1.21", "1.", "1.21.", "01.21", "1.021", "1.21.03", "1.21.3rc1",
                                         "1.21RC1", "1.21rc01", "1.21rc1x", "1.21-rc1", "1.21 ", "1.21.3.4", "1.x"}) {
    CAPTURE(version);
    CHECK_FALSE(is_valid_go_version(version));
    CHECK(compare_go_versions(version, "1") == -1);
    CHECK(go_language_version(version).empty());
  }
}

TEST_CASE("the language version leaves out patch and kind") {
  CHECK(go_language_version("1.21.3") == "1.21");
  CHECK(go_language_version("1.21rc2") == "1.21");
  CHECK(go_language_version("1.21") == "1.21");
  CHECK(go_language_version("1") == "1");
  CHECK(go_language_version("1.0.3") == "1");
  CHECK(go_language_version("2.0") == "2.0");
}

TEST_CASE("a toolchain's name holds its Go version") {
  CHECK(toolchain_go_version("go1.21.3") == "1.21.3");
  CHECK(toolchain_go_version("go1.21.3-custom") == "1.21.3");
  CHECK(toolchain_go_version("go1.21rc1 x") == "1.21rc1");
  for (const std::string_view name : {"", "default", "local", "1.21", "go", "gox", "go1.21/../x", "go1.21-a\\b"}) {
    CAPTURE(name);
    CHECK(toolchain_go_version(name).empty());
  }
}
