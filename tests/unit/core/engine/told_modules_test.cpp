#include "core/engine/told_modules.hpp"

#include "core/native/native_dialect.hpp"
#include "tests/support/check.hpp"
#include "tests/support/in_memory_modules.hpp"
#include "tests/support/recording_reporter.hpp"

namespace modtool::engine {
namespace {

using Lines = std::vector<std::string>;

TEST_CASE("each module is told once, when its files are first asked for") {
  const auto dialect = native::make_native_dialect("0.1.0");
  const manifest::ReplacementTable none;
  modtool::test::InMemoryModules modules(*dialect, none, "-- a.org/a@v1.0.0/a.c --\n-- b.org/b@v1.0.0/b.c --\n");
  modtool::test::RecordingReporter reporter;
  {
    ToldModules told(modules, reporter, "reading");
    CHECK(reporter.begun == Lines{"reading"});
    REQUIRE_OK(told.tree({"b.org/b", "v1.0.0"}));
    REQUIRE_OK(told.tree({"b.org/b", "v1.0.0"}));
    CHECK(reporter.ended == Lines{"reading > reading b.org/b@v1.0.0"});
    CHECK_ERROR(told.tree({"c.org/c", "v1.0.0"}), Code::kNotFound, "c.org/c@v1.0.0");
    REQUIRE_OK(told.summary({"a.org/a", "v1.0.0"}));
    REQUIRE_OK(told.manifest({"a.org/a", "v1.0.0"}));
    CHECK(reporter.begun == Lines{"reading", "reading > reading b.org/b@v1.0.0", "reading > reading c.org/c@v1.0.0"});
  }
  CHECK(reporter.ended.back() == "reading");
}

}  // namespace
}  // namespace modtool::engine
