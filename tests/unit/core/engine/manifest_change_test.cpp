#include "core/engine/manifest_change.hpp"

#include "tests/support/check.hpp"
#include "tests/unit/core/engine/workplace.hpp"

namespace modtool::engine {
namespace {

struct Changing : test::MemoryWorkplace {
  Changing() {
    disk.add("/p/modtool.json", "{\n  \"schema\": 1,\n  \"module\": \"example.com/app\"\n}\n");
    disk.clear_paths();
  }

  Result<std::unique_ptr<ManifestChange>> open() {
    return ManifestChange::open(place.context, {.command = "get", .relock = true}, Fix::command({"go", "get"}));
  }
};

TEST_CASE("a project that is being changed is held against other runs") {
  Changing run;
  auto change = REQUIRE_OK(run.open());
  run.place.cancellation.set_deadline(std::chrono::steady_clock::now() + std::chrono::milliseconds(20));
  CHECK_ERROR(run.open(), Code::kTimeout, "");
  change.reset();
  REQUIRE_OK(run.disk.lock("/p", Cancellation(), {}));
}

TEST_CASE("manifest and lock are written together, and what says the same is not touched") {
  Changing run;
  const auto change = REQUIRE_OK(run.open());
  REQUIRE_OK(change->document().set_requirement({"a.org/x", "v1.0.0"}, ""));
  CHECK(change->changes_manifest());
  CHECK(REQUIRE_OK(change->manifest()).require.size() == 1);
  CHECK(run.disk.written_paths().empty());
  REQUIRE_OK(change->save("[\n]\n"));
  CHECK(REQUIRE_OK(run.disk.read("/p/modtool.json")) == change->document().text());
  CHECK(REQUIRE_OK(run.disk.read("/p/modtool.lock")) == "[\n]\n");
}

TEST_CASE("a document that is no manifest any more says so") {
  Changing run;
  const auto change = REQUIRE_OK(run.open());
  REQUIRE_OK(change->document().set_requirement({"a.org/x", "one"}, ""));
  CHECK_ERROR(change->manifest(), Code::kBadVersion, "modtool.json");
}

}  // namespace
}  // namespace modtool::engine
