#include "core/io/look.hpp"

#include <string>

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::io;

namespace {

Look<std::string> failing(Code code) { return fail(code, "why"); }

}  // namespace

TEST_CASE("what is there is there, whoever asks") {
  CHECK(REQUIRE_OK(Look<std::string>(std::string("x")).required()) == "x");
  CHECK(REQUIRE_OK(Look<std::string>(std::string("x")).if_there()) == "x");
  CHECK(Look<std::string>(std::string("x")).or_nothing() == "x");
}

TEST_CASE("nothing is there where the system says so, and only there") {
  for (const auto code : {Code::kFileNotFound, Code::kNotADirectory}) {
    CHECK(REQUIRE_OK(failing(code).if_there()) == std::nullopt);
    CHECK_ERROR(failing(code).required(), code, "why");
  }
  for (const auto code : {Code::kIo, Code::kPermission, Code::kSymbolicLink, Code::kDiskFull, Code::kIsADirectory}) {
    CHECK_ERROR(failing(code).if_there(), code, "why");
    CHECK_ERROR(failing(code).required(), code, "why");
    CHECK(failing(code).or_nothing() == std::nullopt);
  }
}

TEST_CASE("what is of another kind is nothing for who asks for one kind") {
  CHECK(REQUIRE_OK(Look<std::string>(std::string("x")).if_such()) == "x");
  for (const auto code :
       {Code::kFileNotFound, Code::kNotADirectory, Code::kSymbolicLink, Code::kIsADirectory, Code::kNotAFile}) {
    CHECK(REQUIRE_OK(failing(code).if_such()) == std::nullopt);
  }
  for (const auto code : {Code::kIo, Code::kPermission, Code::kDiskFull}) {
    CHECK_ERROR(failing(code).if_such(), code, "why");
  }
}

static_assert(!std::is_convertible_v<Look<std::string>, bool>);
static_assert(!std::is_constructible_v<bool, Look<std::string>>, "a look is no truth value");
