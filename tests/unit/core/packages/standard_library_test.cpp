#include "core/packages/standard_library.hpp"

#include <algorithm>

#include "core/packages/standard_library_table.hpp"
#include "tests/support/check.hpp"

using namespace modtool::packages;

TEST_CASE("the standard library is known by its names") {
  for (const auto path : {"fmt", "net/http", "unsafe", "internal/syscall/windows", "cmd/go", "encoding/json/v2"}) {
    CAPTURE(path);
    CHECK(is_standard_package(path));
    CHECK(looks_standard(path));
  }
  for (const auto path : {"foo", "net", "fmt/x", "github.com/a/b", "", "C", "net/httpx"}) {
    CAPTURE(path);
    CHECK(is_standard_package(path) == (path == std::string_view("net")));
  }
}

TEST_CASE("only a dot in its first element sets an import path apart from the standard library") {
  CHECK(looks_standard("foo/bar.v1"));
  CHECK_FALSE(looks_standard("foo.com/bar"));
  CHECK_FALSE(looks_standard("foo.com"));
}

TEST_CASE("the table of names is in order") { CHECK(std::ranges::is_sorted(standard_packages())); }
