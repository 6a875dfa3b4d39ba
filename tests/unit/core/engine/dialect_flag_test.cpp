#include "core/engine/dialect_flag.hpp"

#include "tests/support/check.hpp"

using namespace modtool;

TEST_CASE("the fix of an error names the project, and those of its problems stay") {
  Error error{.code = Code::kLockStale, .message = "stale", .fix = Fix::modtool("tidy")};
  error.problems = {Error{.code = Code::kLockStale, .message = "one", .fix = Fix::modtool("tidy")}};
  const Result<int> result = engine::naming_dialect<int>(fail(error), "native");
  CHECK(to_command(result.error().fix) == "modtool tidy --dialect=native");
  CHECK(to_command(result.error().problems.front().fix) == "modtool tidy");
  CHECK(engine::naming_dialect<int>(fail(error), "").error().fix == error.fix);
  CHECK(engine::naming_dialect<int>(7, "native") == 7);
}
