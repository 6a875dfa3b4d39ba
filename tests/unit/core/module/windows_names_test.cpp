#include "core/module/windows_names.hpp"

#include "tests/support/check.hpp"

namespace modtool::module {
namespace {

TEST_CASE("names that Windows makes one, or makes go.mod, are refused on every system") {
  struct Row {
    std::vector<std::string_view> names;
    std::string_view reason;
  };
  const Row kRows[] = {
      {{"go.mod "}, "\"go.mod \" becomes go.mod on Windows"},
      {{"go.mod", "go.mod. ."}, "\"go.mod. .\" becomes go.mod on Windows"},
      {{"GO.mod  "}, "\"GO.mod  \" becomes go.mod on Windows"},
      {{"foo", "foo."}, "\"foo\" and \"foo.\" are one name on Windows"},
      {{"a.go ", "a.go"}, "\"a.go\" and \"a.go \" are one name on Windows"},
      {{"A.go", "a.go "}, "\"A.go\" and \"a.go \" are one name on Windows"},
      {{"x /a.go", "x/a.go"}, "\"x/a.go\" and \"x /a.go\" are one name on Windows"},
      {{"a ", "a  "}, "\"a  \" and \"a \" are one name on Windows"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.reason);
    CHECK_ERROR(check_windows_names(row.names), Code::kZipRules, row.reason);
  }
}

TEST_CASE("a trailing space that hides nothing is a name like any other") {
  CHECK(check_windows_names({"a ", "b", "go.mod", "sub/go.mod ", "x /a.go", "x/b.go"}).has_value());
  CHECK(check_windows_names({}).has_value());
}

}  // namespace
}  // namespace modtool::module
