// The file systems of tests/support: what they add to what every file system promises.
#include <doctest/doctest.h>

#include "core/base/cancellation.hpp"
#include "tests/support/check.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::test {
namespace {

using io::FileKind;
using Paths = std::vector<std::string>;

// Makes and replaces a few files.
Result<void> work_on(io::FileSystem& files) {
  MODTOOL_CHECK(files.make_directories("dir"));
  MODTOOL_CHECK(files.write_new("dir/a", "a"));
  MODTOOL_TRY(const std::string a, files.read("dir/a").required());
  MODTOOL_TRY(const auto writer, files.create("dir/b"));
  MODTOOL_CHECK(writer->write(a));
  MODTOOL_CHECK(writer->close());
  return files.rename("dir/b", "dir/c");
}

}  // namespace

TEST_CASE("the file system in memory tells what was read and written") {
  MemoryFileSystem files;
  files.add("dir/a", "text");
  files.add_link("link", "dir/a");
  CHECK(files.written_paths().empty());
  REQUIRE_OK(files.read("link"));
  REQUIRE_OK(files.read_beneath("dir", "a"));
  CHECK(!files.read("none").or_nothing());
  REQUIRE_OK(files.write_atomic("link", "new"));
  CHECK(files.read_paths() == Paths{"/dir/a", "/dir/a"});
  CHECK(files.written_paths() == Paths{"/dir/a"});
  CHECK(files.files() == std::map<std::string, std::string>{{"/dir/a", "new"}});
  files.clear_paths();
  CHECK(files.read_paths().empty());
  CHECK(files.written_paths().empty());
}

TEST_CASE("the file system in memory has a clock of its own") {
  MemoryFileSystem files;
  files.set_time(100);
  REQUIRE_OK(files.write_new("a", ""));
  REQUIRE_OK(files.write_new("b", ""));
  CHECK(REQUIRE_OK(files.stat("a")).modified_ns == 100);
  CHECK(REQUIRE_OK(files.stat("b")).modified_ns == 101);
}

TEST_CASE("the file system in memory follows links as the disk does") {
  MemoryFileSystem files;
  files.add("real/sub/file", "x");
  files.add_link("absolute", "/real");
  files.add_link("real/up", "../real/sub");
  files.add_link("circle", "circle");
  files.add_link("dangling", "nowhere");
  files.add_special("real/fifo");
  CHECK(REQUIRE_OK(files.read("absolute/up/file")) == "x");
  CHECK(REQUIRE_OK(files.lstat("absolute")).kind == FileKind::kSymlink);
  CHECK(REQUIRE_OK(files.stat("absolute")).kind == FileKind::kDirectory);
  CHECK_ERROR(files.read("circle"), Code::kSymbolicLink, "too many levels of symbolic links");
  CHECK(!is_there(files, "dangling"));
  CHECK_ERROR(files.read_beneath("real", "up/file"), Code::kSymbolicLink, "");
  CHECK_ERROR(files.read_beneath("absolute", "sub/file"), Code::kSymbolicLink, "");
  CHECK_ERROR(files.read_beneath("real", "fifo"), Code::kNotAFile, "not a regular file");
  CHECK_ERROR(files.list_beneath("real", "up"), Code::kSymbolicLink, "");
  REQUIRE_OK(files.remove_all("absolute"));
  CHECK(is_there(files, "real/sub/file"));
}

TEST_CASE("a power cut takes the bytes of what was not synced") {
  MemoryFileSystem files;
  files.add("given", "x");
  REQUIRE_OK(files.write_new("new", "x"));
  REQUIRE_OK(files.sync_file_system("new"));
  REQUIRE_OK(files.write_atomic("atomic", "x"));
  REQUIRE_OK(files.write_new("unsynced", "x"));
  REQUIRE_OK(files.write_unsynced("given", "y"));
  REQUIRE_OK(files.rename("unsynced", "moved"));
  files.cut_power();
  CHECK(files.files() ==
        std::map<std::string, std::string>{{"/atomic", "x"}, {"/given", ""}, {"/moved", ""}, {"/new", "x"}});
}

TEST_CASE("every call of a piece of work can be made to fail, one after the other") {
  struct {
    Fault::Counted counted;
    std::size_t calls;
  } const rows[] = {{Fault::Counted::kMutating, 6}, {Fault::Counted::kAll, 7}};
  for (const auto& row : rows) {
    std::size_t failures = 0;
    for (std::size_t n = 0;; ++n) {
      MemoryFileSystem memory;
      FaultyFileSystem files(memory, {.call = n, .counted = row.counted});
      const auto outcome = work_on(files);
      if (!files.has_failed()) {
        REQUIRE_OK(outcome);
        CHECK(memory.files().at("/dir/c") == "a");
        break;
      }
      CHECK_ERROR(outcome, Code::kIo, "input/output error");
      ++failures;
    }
    CHECK(failures == row.calls);
  }
}

TEST_CASE("a fault may last") {
  MemoryFileSystem memory;
  FaultyFileSystem once(memory, {.call = 0});
  CHECK(!once.write_new("a", ""));
  REQUIRE_OK(once.write_new("a", ""));
  FaultyFileSystem twice(memory, {.call = 0, .lasting = Fault::Lasting::kTwice});
  CHECK(!twice.remove_all("a"));
  CHECK(!twice.remove_all("a"));
  REQUIRE_OK(twice.set_mode("a", 0600));
  FaultyFileSystem forever(memory, {.call = 1, .lasting = Fault::Lasting::kFromThenOn});
  REQUIRE_OK(forever.write_new("b", ""));
  CHECK(!forever.remove_all("a"));
  CHECK(!forever.remove_all("b"));
  CHECK(memory.files().size() == 2);
}

}  // namespace modtool::test
