// Names that are made up, where the first ones are taken: the linker leads the disk's getrandom here
// (tests/CMakeLists.txt).
#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>

#include <cstring>
#include <set>

#include "core/io/disk.hpp"
#include "core/io/system_call.hpp"
#include "tests/support/check.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::io {
namespace {

struct Randomness {
  int same_for = 0;  // how many of the next calls give the same bytes
  int asked = 0;
};

Randomness& randomness() {
  static Randomness instance;
  return instance;
}

}  // namespace
}  // namespace modtool::io

// NOLINTBEGIN(bugprone-reserved-identifier): the linker's names
extern "C" {
ssize_t __real_getrandom(void* bytes, std::size_t size, unsigned flags);

ssize_t __wrap_getrandom(void* bytes, std::size_t size, unsigned flags) {
  auto& randomness = modtool::io::randomness();
  ++randomness.asked;
  if (randomness.same_for == 0) return __real_getrandom(bytes, size, flags);
  --randomness.same_for;
  std::memset(bytes, 0xAB, size);
  return static_cast<ssize_t>(size);
}
}
// NOLINTEND(bugprone-reserved-identifier)

namespace modtool::io {
namespace {

TEST_CASE("a name that is taken is passed over, and no other failure is tried again") {
  const test::TempDirectory directory;
  FileSystem& files = disk();
  std::set<std::string> names;
  randomness().same_for = 4;
  for (int i = 0; i < 2; ++i) names.insert(REQUIRE_OK(files.make_temp_directory(directory.path(), "new-")));
  CHECK(names.size() == 2);
  CHECK(names.contains(directory / "new-abababababababab"));
  for (const auto& name : names) CHECK(test::is_there(files, name));
  CHECK(randomness().same_for == 0);

  randomness().asked = 0;
  CHECK_ERROR(files.make_temp_directory(directory / "absent", "new-"), Code::kFileNotFound, "absent/new-");
  CHECK(randomness().asked == 1);
}

TEST_CASE("a temporary file takes no name of one that somebody else is writing") {
  const test::TempDirectory directory;
  FileSystem& files = disk();
  const std::string taken = directory / ".modtool-abababababababab";
  REQUIRE_OK(files.write_new(taken, "somebody's"));
  const Descriptor writer(::open(taken.c_str(), O_RDONLY | O_CLOEXEC));
  REQUIRE(::flock(writer.get(), LOCK_EX | LOCK_NB) == 0);
  randomness().same_for = 2;
  REQUIRE_OK(files.write_atomic(directory / "file", "mine"));
  CHECK(randomness().same_for == 0);
  CHECK(REQUIRE_OK(files.read(taken)) == "somebody's");
  CHECK(REQUIRE_OK(files.read(directory / "file")) == "mine");
}

TEST_CASE("where every name is taken, it is said after a while") {
  const test::TempDirectory directory;
  FileSystem& files = disk();
  randomness().same_for = 1000;
  REQUIRE_OK(files.make_temp_directory(directory.path(), "new-"));
  CHECK_ERROR(files.make_temp_directory(directory.path(), "new-"), Code::kFileExists, "new-abab");
  CHECK(randomness().same_for == 1000 - 1 - 100);
  randomness().same_for = 0;
}

}  // namespace
}  // namespace modtool::io
