#include "core/source/directory_tree.hpp"

#include "core/base/cancellation.hpp"
#include "core/module/hash.hpp"
#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::source {
namespace {

std::vector<std::string> names_of(const module::ModuleTree& tree) {
  std::vector<std::string> names;
  for (const auto& file : tree.list()) names.push_back(file.name);
  return names;
}

}  // namespace

TEST_CASE("a directory is read without following what leads out of it") {
  modtool::test::MemoryFileSystem files;
  files.add("/secret/key", "secret");
  files.add("/m/a.go", "package a");
  files.add("/m/a/b.go", "package b");
  files.add("/m/a-b/c.go", "package c");
  files.add_link("/m/link.go", "/secret/key");
  files.add_link("/m/linked", "/secret");
  files.add_special("/m/fifo.go");
  const auto tree = REQUIRE_OK(open_directory_tree(files, "/m", DirectoryKind::kExtracted));
  CHECK(names_of(*tree) == std::vector<std::string>{"a-b/c.go", "a.go", "a/b.go"});
  CHECK(REQUIRE_OK(tree->read("a/b.go")) == "package b");
  for (const char* name : {"link.go", "linked/key", "../secret/key", "a", "fifo.go", ""}) {
    CAPTURE(name);
    CHECK_ERROR(tree->read(name), Code::kFileNotFound, "no such file or directory");
  }
}

TEST_CASE("a replacement is read in place, without the files of a version control system") {
  modtool::test::MemoryFileSystem files;
  for (const char* name : {".git/config", ".hg/x", ".svn/x", ".bzr/x", ".github/x", "sub/.git/config", "sub/go.mod",
                           "vendor/modules.txt", "a.go"}) {
    files.add(std::string("/m/") + name, "");
  }
  files.add_link("/link", "/m");
  const auto tree = REQUIRE_OK(open_directory_tree(files, "/link", DirectoryKind::kReplacement));
  CHECK(names_of(*tree) == std::vector<std::string>{".github/x", "a.go", "sub/go.mod", "vendor/modules.txt"});
  const auto extracted = REQUIRE_OK(open_directory_tree(files, "/m", DirectoryKind::kExtracted));
  CHECK(extracted->list().size() == 9);
}

TEST_CASE("which files are executable is told where it is asked for") {
  test::MemoryFileSystem files;
  files.add("/m/run.sh", "", 0755);
  files.add("/m/x.c", "", 0644);
  const auto kept = REQUIRE_OK(open_directory_tree(files, "/m", DirectoryKind::kReplacement, DirectoryModes::kRead));
  CHECK(module::find_file(*kept, "run.sh")->executable);
  CHECK_FALSE(module::find_file(*kept, "x.c")->executable);
  const auto ignored = REQUIRE_OK(open_directory_tree(files, "/m", DirectoryKind::kReplacement));
  CHECK_FALSE(module::find_file(*ignored, "run.sh")->executable);
}

TEST_CASE("a directory that is not there is an error") {
  modtool::test::MemoryFileSystem files;
  CHECK_ERROR(open_directory_tree(files, "/m", DirectoryKind::kExtracted), Code::kFileNotFound, "/m");
}

TEST_CASE("the hash of an extracted module is the one of its zip") {
  modtool::test::MemoryFileSystem files;
  files.add("/m/go.mod", "module example.com/a\n");
  files.add("/m/a ", "a name that ends in a space");
  const Cancellation cancellation;
  WorkerPool pool(2, cancellation);
  const auto hashed = REQUIRE_OK(hash_extracted_module(files, "/m", {"example.com/a", "v1.0.0"}, pool));
  const module::Preimage expected = {{.name = "a ", .sha256 = sha256("a name that ends in a space")},
                                     {.name = "go.mod", .sha256 = sha256("module example.com/a\n")}};
  CHECK(hashed.preimage == expected);
  CHECK(hashed.h1 == module::h1_of(expected, "example.com/a@v1.0.0"));
}

}  // namespace modtool::source
