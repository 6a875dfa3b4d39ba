#include "core/resolve/whole_lock.hpp"

#include "tests/support/check.hpp"
#include "tests/unit/core/resolve/toy_modules.hpp"

namespace modtool::resolve {
namespace {

using manifest::Lock;
using test::ToyWorld;

// "b1.0 -c1.0": modules with a checksum, and (behind "-") without. The n-th stands in line n.
Lock lock_of(std::string_view names) {
  Lock lock;
  for (const auto name : split_fields(names)) {
    const bool has_sum = !name.starts_with('-');
    const auto module = test::toy(has_sum ? name : name.substr(1));
    const Where where{.file = "modtool.lock", .line = static_cast<int>(lock.modules.size()) + 1};
    lock.modules.push_back({.module = module, .sum = has_sum ? "h1:x" : "", .where = where});
  }
  return lock;
}

Result<void> check(const ToyWorld& world, const manifest::Manifest& root, const Lock& lock) {
  const auto graph = REQUIRE_OK(world.load(root));
  return check_lock_is_whole(graph, *world.summaries(root), LockIndex(lock), "modtool.lock", Fix::modtool("lock"));
}

const ToyWorld kWorld("b1.0: c1.0\nd1.0: c1.1");

TEST_CASE("a lock with a checksum for each selected version, and without a stranger, is whole") {
  REQUIRE_OK(check(kWorld, ToyWorld::root("b1.0 d1.0"), lock_of("b1.0 -c1.0 c1.1 d1.0")));
  REQUIRE_OK(check(kWorld, ToyWorld::root(""), Lock{}));
  // That a losing version is locked is not asked for.
  REQUIRE_OK(check(kWorld, ToyWorld::root("b1.0 d1.0"), lock_of("b1.0 c1.1 d1.0")));
}

TEST_CASE("what a lock lacks or has too much is told with its place and the command that mends it") {
  struct Case {
    std::string_view lock;
    std::string_view error;
    int line = 0;
  };
  const Case cases[] = {
      {"b1.0 -c1.0 d1.0", "example.com/c@v1.1.0 is selected and has no checksum in modtool.lock"},
      {"b1.0 -c1.0 -c1.1 d1.0", "example.com/c@v1.1.0 is selected and has no checksum in modtool.lock"},
      {"", "example.com/b@v1.0.0 is selected and has no checksum in modtool.lock"},
      {"b1.0 c1.0 c1.1 d1.0", "example.com/c@v1.0.0 is locked, and is not selected", 2},
      {"b1.0 c1.1 d1.0 e1.0", "example.com/e@v1.0.0 is locked, and is not selected", 4},
      {"b1.0 -b1.1 c1.1 d1.0", "example.com/b@v1.1.0 is locked, and nothing requires it", 2},
      {"-e1.0 b1.0 c1.1 d1.0 f1.0", "example.com/e@v1.0.0 is locked, and nothing requires it", 1},
      {"b1.0 d1.0 e1.0", "example.com/c@v1.1.0 is selected and has no checksum"},
  };
  for (const auto& [lock, error, line] : cases) {
    INFO(lock);
    const auto result = check(kWorld, ToyWorld::root("b1.0 d1.0"), lock_of(lock));
    CHECK_ERROR(result, Code::kLockStale, error);
    if (result) continue;
    CHECK(result.error().where.line == line);
    CHECK(result.error().where.known() == (line != 0));
    CHECK(to_command(result.error().fix) == "modtool lock");
  }
}

TEST_CASE("of a replaced module what stands in for it needs a checksum, and the module itself may stay locked") {
  auto root = ToyWorld::root("b1.0 d1.0");
  root.replace = {{.from = test::toy("c1.1"), .to = test::toy("x1.0")}};
  CHECK_ERROR(check(kWorld, root, lock_of("b1.0 c1.1 d1.0")), Code::kLockStale,
              "example.com/x@v1.0.0 is selected and has no checksum");
  REQUIRE_OK(check(kWorld, root, lock_of("b1.0 d1.0 x1.0")));
  REQUIRE_OK(check(kWorld, root, lock_of("b1.0 c1.1 d1.0 x1.0")));
  CHECK_ERROR(check(kWorld, root, lock_of("b1.0 d1.0 x1.0 x1.1")), Code::kLockStale,
              "example.com/x@v1.1.0 is locked, and is not selected");
}

TEST_CASE("a directory that stands in for a module needs no checksum") {
  auto root = ToyWorld::root("b1.0 d1.0");
  root.replace = {{.from = {"example.com/c", ""}, .to = {"../c", ""}}};
  REQUIRE_OK(check(kWorld, root, lock_of("b1.0 d1.0")));
  REQUIRE_OK(check(kWorld, root, lock_of("b1.0 -c1.0 c1.1 d1.0")));
  CHECK_ERROR(check(kWorld, root, lock_of("b1.0 c1.0 d1.0")), Code::kLockStale,
              "example.com/c@v1.0.0 is locked, and is not selected");
}

}  // namespace
}  // namespace modtool::resolve
