// What every FileSystem promises, told of the disk and of the fake alike: so tests on the fake mean something.
#include <doctest/doctest.h>

#include <string>

#include "core/base/cancellation.hpp"
#include "core/io/file_system.hpp"
#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::io {
namespace {

using namespace std::string_literals;

struct DiskPlace {
  test::TempDirectory directory;
  FileSystem& files = disk();
  std::string root = directory.path();
};

struct MemoryPlace {
  test::MemoryFileSystem memory;
  FileSystem& files = memory;
  std::string root = "/root";
  MemoryPlace() { memory.add_directory(root); }
};

std::string names(const std::vector<DirectoryEntry>& entries) {
  std::string text;
  for (const auto& entry : entries) text += entry.name + " ";
  return text;
}

}  // namespace

TEST_CASE_TEMPLATE("what is written can be read back", Place, DiskPlace, MemoryPlace) {
  Place place;
  const std::string file = place.root + "/a";
  const std::string bytes = "one\0two"s + std::string(300'000, 'x');
  REQUIRE_OK(place.files.write_atomic(file, bytes));
  CHECK(REQUIRE_OK(place.files.read(file)) == bytes);
  CHECK(REQUIRE_OK(place.files.map(file))->view() == bytes);
  CHECK(REQUIRE_OK(read_all(*REQUIRE_OK(place.files.open(file)))) == bytes);
  CHECK(REQUIRE_OK(place.files.read_beneath(place.root, "a")) == bytes);
  CHECK(REQUIRE_OK(place.files.stat(file)).size == bytes.size());
  CHECK(REQUIRE_OK(place.files.stat(file)).mode == 0644);
}

TEST_CASE_TEMPLATE("a failure names the operation, the path and the reason", Place, DiskPlace, MemoryPlace) {
  Place place;
  FileSystem& files = place.files;
  const std::string root = place.root;
  REQUIRE_OK(files.write_new(root + "/file", ""));
  REQUIRE_OK(files.make_directories(root + "/full/below"));
  const std::string none = root + "/none";
  const std::string absent = " " + none + ": no such file or directory";
  CHECK_ERROR(files.read(none), Code::kFileNotFound, "open" + absent);
  CHECK_ERROR(files.stat(none), Code::kFileNotFound, "stat" + absent);
  CHECK_ERROR(files.lstat(none), Code::kFileNotFound, "lstat" + absent);
  CHECK_ERROR(files.list(none), Code::kFileNotFound, "open" + absent);
  CHECK_ERROR(files.list(root + "/file"), Code::kNotADirectory, "open " + root + "/file: not a directory");
  CHECK_ERROR(files.read(root), Code::kIsADirectory, "read " + root + ": is a directory");
  CHECK_ERROR(files.read(root + "/file/x"), Code::kNotADirectory, "not a directory");
  CHECK_ERROR(files.write_new(root + "/file", ""), Code::kFileExists, "open " + root + "/file: file exists");
  CHECK_ERROR(files.write_new(none + "/x", ""), Code::kFileNotFound, "no such file or directory");
  CHECK_ERROR(files.make_directories(root + "/file"), Code::kNotADirectory, "mkdir " + root + "/file: not a directory");
  CHECK_ERROR(files.make_directories(root + "/file/x"), Code::kNotADirectory, "not a directory");
  CHECK_ERROR(files.rename(none, root + "/x"), Code::kFileNotFound, "rename " + none + " " + root + "/x: no such file");
  CHECK_ERROR(files.rename(root + "/full/below", root + "/file"), Code::kNotADirectory, "not a directory");
  CHECK_ERROR(files.rename(root + "/file", root + "/full"), Code::kIsADirectory, "is a directory");
  CHECK_ERROR(files.exchange(none, root + "/file"), Code::kFileNotFound, "no such file");
  CHECK_ERROR(files.set_mode(none, 0600), Code::kFileNotFound, "chmod" + absent);
}

TEST_CASE_TEMPLATE("a link leads where it was made to, and takes nobody's place", Place, DiskPlace, MemoryPlace) {
  Place place;
  FileSystem& files = place.files;
  REQUIRE_OK(files.write_new(place.root + "/file", "x"));
  REQUIRE_OK(files.make_link("../" + io::base_name(place.root) + "/file", place.root + "/link"));
  CHECK(REQUIRE_OK(files.read(place.root + "/link")) == "x");
  CHECK(REQUIRE_OK(files.read_link(place.root + "/link")) == "../" + io::base_name(place.root) + "/file");
  CHECK(REQUIRE_OK(files.lstat(place.root + "/link")).kind == FileKind::kSymlink);
  REQUIRE_OK(files.make_link("nowhere", place.root + "/dangling"));
  CHECK_ERROR(files.make_link("file", place.root + "/dangling"), Code::kFileExists, "symlink " + place.root);
  CHECK_ERROR(files.make_link("file", place.root + "/none/x"), Code::kFileNotFound, "no such file or directory");
  CHECK_ERROR(files.read_link(place.root + "/file"), Code::kIo, "readlink " + place.root + "/file: invalid argument");
  CHECK_ERROR(files.read_link(place.root + "/none"), Code::kFileNotFound, "readlink");
}

TEST_CASE_TEMPLATE("entries are listed in the order of their bytes, links not followed", Place, DiskPlace,
                   MemoryPlace) {
  Place place;
  for (const std::string name : {"b", "a.go", "B", "a", "\xC3\xA9", ".hidden"}) {
    REQUIRE_OK(place.files.write_new(place.root + "/" + name, ""));
  }
  REQUIRE_OK(place.files.make_directories(place.root + "/a-dir/below/it"));
  const auto entries = REQUIRE_OK(place.files.list(place.root));
  CHECK(names(entries) == ".hidden B a a-dir a.go b \xC3\xA9 ");
  CHECK(entries[3].kind == FileKind::kDirectory);
  CHECK(entries[4].kind == FileKind::kRegular);
  CHECK(names(REQUIRE_OK(place.files.list_beneath(place.root, "a-dir"))) == "below ");
  CHECK(names(REQUIRE_OK(place.files.list_beneath(place.root + "/a-dir/below", ""))) == "it ");
}

TEST_CASE_TEMPLATE("an atomic write keeps the permission bits of the file it replaces", Place, DiskPlace, MemoryPlace) {
  Place place;
  const std::string file = place.root + "/script";
  REQUIRE_OK(place.files.write_new(file, "old"));
  REQUIRE_OK(place.files.set_mode(file, 0750));
  REQUIRE_OK(place.files.write_atomic(file, "new"));
  CHECK(REQUIRE_OK(place.files.read(file)) == "new");
  CHECK(REQUIRE_OK(place.files.stat(file)).mode == 0750);
}

TEST_CASE_TEMPLATE("directories are made with their parents, and may be there already", Place, DiskPlace, MemoryPlace) {
  Place place;
  REQUIRE_OK(place.files.make_directories(place.root + "/a/b/c/"));
  REQUIRE_OK(place.files.make_directories(place.root + "/a/b/c"));
  CHECK(REQUIRE_OK(place.files.stat(place.root + "/a/b/c")).kind == FileKind::kDirectory);
}

TEST_CASE_TEMPLATE("temporary directories have names of their own", Place, DiskPlace, MemoryPlace) {
  Place place;
  const std::string first = REQUIRE_OK(place.files.make_temp_directory(place.root, ".stage-"));
  const std::string second = REQUIRE_OK(place.files.make_temp_directory(place.root, ".stage-"));
  CHECK(first != second);
  CHECK(first.starts_with(place.root + "/.stage-"));
  CHECK(REQUIRE_OK(place.files.stat(first)).kind == FileKind::kDirectory);
  CHECK_ERROR(place.files.make_temp_directory(place.root + "/none", "x"), Code::kFileNotFound, "mkdir");
}

TEST_CASE_TEMPLATE("a whole tree is removed, and removing what is absent succeeds", Place, DiskPlace, MemoryPlace) {
  Place place;
  REQUIRE_OK(place.files.make_directories(place.root + "/tree/a/b"));
  REQUIRE_OK(place.files.write_new(place.root + "/tree/a/b/file", "x"));
  REQUIRE_OK(place.files.write_new(place.root + "/tree-beside", "x"));
  REQUIRE_OK(place.files.remove_all(place.root + "/tree"));
  REQUIRE_OK(place.files.remove_all(place.root + "/tree"));
  REQUIRE_OK(place.files.remove_all(place.root + "/none/below"));
  CHECK(names(REQUIRE_OK(place.files.list(place.root))) == "tree-beside ");
}

TEST_CASE_TEMPLATE("a rename moves a tree and replaces an empty directory", Place, DiskPlace, MemoryPlace) {
  Place place;
  REQUIRE_OK(place.files.make_directories(place.root + "/old/sub"));
  REQUIRE_OK(place.files.write_new(place.root + "/old/sub/file", "moved"));
  REQUIRE_OK(place.files.make_directories(place.root + "/new"));
  REQUIRE_OK(place.files.rename(place.root + "/old", place.root + "/new"));
  CHECK(REQUIRE_OK(place.files.read(place.root + "/new/sub/file")) == "moved");
  CHECK(!test::is_there(place.files, place.root + "/old"));
}

TEST_CASE_TEMPLATE("an exchange swaps two trees", Place, DiskPlace, MemoryPlace) {
  Place place;
  REQUIRE_OK(place.files.make_directories(place.root + "/a"));
  REQUIRE_OK(place.files.make_directories(place.root + "/b"));
  REQUIRE_OK(place.files.write_new(place.root + "/a/file", "from a"));
  REQUIRE_OK(place.files.write_new(place.root + "/b/file", "from b"));
  REQUIRE_OK(place.files.exchange(place.root + "/a", place.root + "/b"));
  CHECK(REQUIRE_OK(place.files.read(place.root + "/a/file")) == "from b");
  CHECK(REQUIRE_OK(place.files.read(place.root + "/b/file")) == "from a");
}

TEST_CASE_TEMPLATE("a writer hands its bytes over when it is closed", Place, DiskPlace, MemoryPlace) {
  Place place;
  REQUIRE_OK(place.files.write_new(place.root + "/file", "a longer text that was there"));
  const auto writer = REQUIRE_OK(place.files.create(place.root + "/file"));
  REQUIRE_OK(writer->write("one "));
  REQUIRE_OK(writer->write("two"));
  REQUIRE_OK(writer->close());
  CHECK(REQUIRE_OK(place.files.read(place.root + "/file")) == "one two");
}

TEST_CASE_TEMPLATE("a directory can be locked by itself", Place, DiskPlace, MemoryPlace) {
  Place place;
  Cancellation run;
  Cancellation late;
  REQUIRE_OK(place.files.make_directories(place.root + "/d"));
  auto held = REQUIRE_OK(place.files.lock(place.root + "/d", run));
  late.set_deadline(std::chrono::steady_clock::now() + std::chrono::milliseconds(20));
  CHECK_ERROR(place.files.lock(place.root + "/d", late), Code::kTimeout, "");
  held.reset();
  REQUIRE_OK(place.files.lock(place.root + "/d", run));
  CHECK(REQUIRE_OK(place.files.list(place.root + "/d")).empty());
}

TEST_CASE_TEMPLATE("a lock is exclusive, and waiting for it ends with the run", Place, DiskPlace, MemoryPlace) {
  Place place;
  const std::string path = place.root + "/lock";
  Cancellation run;
  auto held = REQUIRE_OK(place.files.lock(path, run));
  Cancellation late;
  late.set_deadline(std::chrono::steady_clock::now() + std::chrono::milliseconds(20));
  CHECK_ERROR(place.files.lock(path, late), Code::kTimeout, "");
  Cancellation interrupted;
  interrupted.request(Code::kInterrupted);
  CHECK_ERROR(place.files.lock(path, interrupted), Code::kInterrupted, "");
  held.reset();
  held = REQUIRE_OK(place.files.lock(path, run));
}

TEST_CASE_TEMPLATE("beneath a root nothing leads out of it", Place, DiskPlace, MemoryPlace) {
  Place place;
  REQUIRE_OK(place.files.make_directories(place.root + "/tree/sub"));
  REQUIRE_OK(place.files.write_new(place.root + "/secret", "s"));
  const std::string tree = place.root + "/tree";
  CHECK_ERROR(place.files.read_beneath(tree, "../secret"), Code::kIo, "path escapes from parent");
  CHECK_ERROR(place.files.read_beneath(tree, "sub/../../secret"), Code::kIo, "path escapes from parent");
  CHECK_ERROR(place.files.read_beneath(tree, "sub"), Code::kIsADirectory, "is a directory");
  CHECK_ERROR(place.files.read_beneath(tree, "none"), Code::kFileNotFound, "no such file");
  CHECK_ERROR(place.files.list_beneath(place.root, "secret"), Code::kNotADirectory, "not a directory");
}

}  // namespace modtool::io
