#include "core/engine/dialect_flag.hpp"

#include "tests/support/check.hpp"

using namespace modtool;

TEST_CASE("a suggested command names the project that it is for") {
  struct Case {
    std::string text;
    std::string expected;
  };
  for (const auto& [text, expected] : {
           Case{"", ""},
           Case{"modtool tidy", "modtool tidy --dialect=native"},
           Case{"modtool vendor --sums-only", "modtool vendor --dialect=native --sums-only"},
           Case{"rm -r native/modtool.sums && modtool vendor",
                "rm -r native/modtool.sums && modtool vendor --dialect=native"},
           Case{"a: fix: modtool tidy; or modtool get x",
                "a: fix: modtool tidy --dialect=native; or modtool get --dialect=native x"},
           Case{"GOWORK=off modtool mod graph", "GOWORK=off modtool mod graph"},
           Case{"modtool init --dialect=native x", "modtool init --dialect=native x"},
           Case{"modtool --version", "modtool --version"},
           Case{"go mod tidy", "go mod tidy"},
       }) {
    CHECK(engine::with_dialect(text, "native") == expected);
    CHECK(engine::with_dialect(text, "") == text);
  }
}
