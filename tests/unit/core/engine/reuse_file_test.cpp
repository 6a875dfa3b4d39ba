#include "core/engine/reuse_file.hpp"

#include "tests/support/check.hpp"

using namespace modtool;

TEST_CASE("objects may stand one behind the other, with anything in their texts") {
  for (const auto* text : {"", " \n", "{}", "{}\n{\"a\": {\"b\": \"}\"}}\n", R"({"a": "\"}{"} {})"}) {
    CAPTURE(text);
    CHECK(engine::check_reuse_file(text));
  }
}

TEST_CASE("what is no such file is told in Go's words where that knows it") {
  CHECK_ERROR(engine::check_reuse_file("{}\nold"), Code::kJsonSyntax,
              "invalid character 'o' looking for beginning of value");
  CHECK_ERROR(engine::check_reuse_file("{} {"), Code::kJsonSyntax, "unexpected EOF");
  CHECK_ERROR(engine::check_reuse_file("{\"a\"}"), Code::kJsonSyntax, "");
}
