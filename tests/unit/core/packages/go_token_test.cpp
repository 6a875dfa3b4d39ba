#include "core/packages/go_token.hpp"

#include "tests/support/check.hpp"

using namespace modtool::packages;

TEST_CASE("a literal at the front of a text has the length of its bytes") {
  for (const std::string literal : {R"("")", R"("a b")", R"("a\"b\\")", "`a\\n\r\nb`"}) {
    CAPTURE(literal);
    CHECK(go_string_length(literal + " more \"") == literal.size());
  }
}

TEST_CASE("a literal that does not end has no length") {
  constexpr std::string_view kRows[] = {"", "x", "\"a", "\"a\n\"", "`a", R"("a\")"};
  for (const auto text : kRows) {
    CAPTURE(text);
    CHECK(go_string_length(text) == 0);
  }
}

TEST_CASE("a directive is its name, and what stands behind it") {
  CHECK(go_directive("//go:embed a  b \r", "//go:embed") == "a  b");
  CHECK(go_directive("//go:embed\v\"a b\"", "//go:embed") == "\"a b\"");
  CHECK(go_directive("+build", "+build") == "");
  CHECK(go_directive("//go:embed  ", "//go:embed") == "");
  CHECK(!go_directive("//go:embedded a", "//go:embed"));
  CHECK(!go_directive("// go:embed a", "//go:embed"));
}
