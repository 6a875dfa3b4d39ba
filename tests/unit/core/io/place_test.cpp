#include "core/io/place.hpp"

#include <filesystem>

#include "core/base/cancellation.hpp"
#include "core/io/file_system.hpp"
#include "tests/support/check.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::io {

namespace fs = std::filesystem;

TEST_CASE("a directory that is there, and one that can be made below it") {
  const test::TempDirectory directory;
  const auto here = REQUIRE_OK(look_at_place(directory.path()));
  CHECK(here.is_there);
  CHECK(here.nearest == directory.path());
  CHECK(here.can_write);
  CHECK(!here.is_read_only);
  CHECK(here.owner == current_user());
  CHECK(here.free_bytes > 0);
  const auto below = REQUIRE_OK(look_at_place(directory / "a/b"));
  CHECK(!below.is_there);
  CHECK(below.nearest == directory.path());
  CHECK(below.can_write);
  CHECK(fs::is_empty(directory.path()));
}

TEST_CASE("a file in the way is named") {
  const test::TempDirectory directory;
  REQUIRE_OK(disk().write_atomic(directory / "file", ""));
  for (const auto* name : {"file", "file/a", "file/a/b"}) {
    CAPTURE(name);
    CHECK_ERROR(look_at_place(directory / name), Code::kNotADirectory, "/file: not a directory");
  }
}

TEST_CASE("a file system that is read-only is told") {
  const auto place = look_at_place("/proc/sys");
  if (place && place->is_read_only) CHECK(!place->can_write);
}

TEST_CASE("a lock is free or held, and asking leaves it as it was") {
  const test::TempDirectory directory;
  const std::string file = directory / "lock";
  CHECK_ERROR(probe_lock(file), Code::kFileNotFound, "lock");
  CHECK(!fs::exists(file));
  const Cancellation cancellation;
  {
    const auto held = REQUIRE_OK(disk().lock(file, cancellation));
    CHECK(REQUIRE_OK(probe_lock(file)) == LockProbe::kHeld);
  }
  const auto before = fs::last_write_time(file);
  CHECK(REQUIRE_OK(probe_lock(file)) == LockProbe::kFree);
  CHECK(fs::last_write_time(file) == before);
  REQUIRE_OK(disk().lock(file, cancellation));
}

}  // namespace modtool::io
