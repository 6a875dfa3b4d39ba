#include "core/source/cache_use.hpp"

#include "core/io/forwarding_file_system.hpp"
#include "tests/support/check.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::source {
namespace {

const std::string kEntry = "/cache/0123";
constexpr std::int64_t kLongAgo = 2;
constexpr std::int64_t kNow = 2'000'000'000;  // later than everything that a test writes

void add_entry(test::MemoryFileSystem& files) {
  files.add(kEntry + "/a", "a");
  files.add(kEntry + "/b/c", "c");
}

// Somebody else uses the entry as soon as it is moved away.
class UsedMeanwhile final : public io::ForwardingFileSystem {
 public:
  explicit UsedMeanwhile(test::MemoryFileSystem& files) : io::ForwardingFileSystem(files), files_(files) {}

  Result<void> rename(const std::string& from, const std::string& to) override {
    MODTOOL_CHECK(files_.rename(from, to));
    if (from == kEntry) mark_used(files_, kEntry);
    return {};
  }

 private:
  test::MemoryFileSystem& files_;
};

}  // namespace

TEST_CASE("what was used since then stays, and the other goes, its lock left") {
  test::MemoryFileSystem files;
  const Cancellation cancellation;
  add_entry(files);
  mark_used(files, kEntry);
  CHECK(!REQUIRE_OK(remove_unused(files, kEntry, kLongAgo, cancellation)));
  CHECK(files.files().contains(kEntry + "/a"));
  CHECK(REQUIRE_OK(is_unused(files, kEntry, kNow)));
  CHECK(REQUIRE_OK(remove_unused(files, kEntry, kNow, cancellation)));
  CHECK(files.files() == std::map<std::string, std::string>{{kEntry + ".lock", ""}});
  CHECK(!REQUIRE_OK(remove_unused(files, kEntry, kNow, cancellation)));
}

TEST_CASE("the time of the last use counts, and not that of the making") {
  test::MemoryFileSystem files;
  add_entry(files);
  const auto made = REQUIRE_OK(files.lstat(kEntry + "/b/c")).modified_ns + 1;
  CHECK(REQUIRE_OK(is_unused(files, kEntry, made)));
  mark_used(files, kEntry);
  CHECK(!REQUIRE_OK(is_unused(files, kEntry, made)));
}

TEST_CASE("who begins to use an entry while it is being removed keeps it") {
  test::MemoryFileSystem files;
  const Cancellation cancellation;
  add_entry(files);
  UsedMeanwhile used(files);
  CHECK(!REQUIRE_OK(remove_unused(used, kEntry, kNow, cancellation)));
  CHECK(files.files().contains(kEntry + "/a"));
  CHECK(files.files().contains(kEntry + "/b/c"));
}

TEST_CASE("a run that ends anywhere leaves an entry whole, or none, and the next one is done with it") {
  for (std::size_t call = 0;; ++call) {
    test::MemoryFileSystem files;
    const Cancellation cancellation;
    add_entry(files);
    mark_used(files, kEntry);
    test::FaultyFileSystem faulty(files, {.call = call, .lasting = test::Fault::Lasting::kFromThenOn});
    const auto removed = remove_unused(faulty, kEntry, kNow, cancellation);
    if (!faulty.has_failed()) {
      CHECK(REQUIRE_OK(removed));
      break;
    }
    CAPTURE(call);
    CHECK(!removed);
    CHECK(files.files().contains(kEntry + "/a") == files.files().contains(kEntry + "/b/c"));
    REQUIRE_OK(finish_removal(files, kEntry, cancellation));
    REQUIRE_OK(remove_unused(files, kEntry, kNow, cancellation));
    CHECK(files.files() == std::map<std::string, std::string>{{kEntry + ".lock", ""}});
  }
}

}  // namespace modtool::source
