#include "core/io/shared_library.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/check.hpp"

namespace modtool::io {

TEST_CASE("a function of a library can be called") {
  const SharedLibrary library = REQUIRE_OK(SharedLibrary::load("libm.so.6", "libc6"));
  using Function = double (*)(double);
  CHECK(REQUIRE_OK(library.function<Function>("floor"))(2.5) == 2.0);
}

TEST_CASE("a missing library is an error that names the package to install") {
  const auto missing = SharedLibrary::load("libno-such-thing.so.9", "libno-such-thing9");
  REQUIRE(!missing);
  CHECK(missing.error().code == Code::kLibraryMissing);
  CHECK(missing.error().message.find("libno-such-thing.so.9") != std::string::npos);
  CHECK(to_command(missing.error().fix) == "apt install libno-such-thing9");
}

TEST_CASE("a missing function is an error") {
  const SharedLibrary library = REQUIRE_OK(SharedLibrary::load("libm.so.6", "libc6"));
  CHECK_ERROR(library.symbol("no_such_function"), Code::kLibraryMissing, "it has no `no_such_function`");
}

TEST_CASE("a table of functions is filled in until one is missing") {
  const SharedLibrary library = REQUIRE_OK(SharedLibrary::load("libm.so.6", "libc6"));
  using Function = double (*)(double);
  Function up = nullptr, none = nullptr, down = nullptr;
  FunctionLoader load(library);
  load(up, "ceil");
  CHECK(load.outcome());
  load(none, "no_such_function");
  load(down, "floor");
  CHECK_ERROR(load.outcome(), Code::kLibraryMissing, "it has no `no_such_function`");
  CHECK(up(2.5) == 3.0);
  CHECK((down == nullptr));
}

}  // namespace modtool::io
