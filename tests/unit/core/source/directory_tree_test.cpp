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
  const auto tree = REQUIRE_OK(open_directory_tree(files, "/m", {}));
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
  const auto tree = REQUIRE_OK(open_directory_tree(files, "/link", {.kind = DirectoryKind::kReplacement}));
  CHECK(names_of(*tree) == std::vector<std::string>{".github/x", "a.go", "sub/go.mod", "vendor/modules.txt"});
  const auto extracted = REQUIRE_OK(open_directory_tree(files, "/m", {}));
  CHECK(extracted->list().size() == 9);
}

TEST_CASE("a link with the name of a source that leads nowhere is no file, and is kept in mind") {
  modtool::test::MemoryFileSystem files;
  files.add("/m/a.go", "package a");
  files.add_link("/m/z.go", "nowhere");
  files.add_link("/m/sub/b_test.go", "../nowhere");
  files.add_link("/m/text.txt", "nowhere");
  const auto read = [&](DirectoryLinks links) {
    return REQUIRE_OK(open_directory_tree(files, "/m", {.kind = DirectoryKind::kReplacement, .links = links}));
  };
  const auto tree = read(DirectoryLinks::kLikeGo);
  CHECK(names_of(*tree) == std::vector<std::string>{"a.go"});
  REQUIRE(tree->dangling_sources().size() == 2);
  CHECK(tree->dangling_sources()[0].name == "sub/b_test.go");
  CHECK(tree->dangling_sources()[1].name == "z.go");
  CHECK(tree->dangling_sources()[1].problem.message == "stat /m/z.go: no such file or directory");
  CHECK_ERROR(tree->read("z.go"), Code::kFileNotFound, "open /m/z.go: no such file or directory");
  CHECK(read(DirectoryLinks::kPassedOver)->dangling_sources().empty());
}

TEST_CASE("links of a replacement are followed as the go command follows them") {
  test::MemoryFileSystem files;
  files.add("/m/lib/a.go", "a");
  files.add("/m/lib/sub/b.go", "b");
  files.add("/m/other/c.go", "c");
  files.add("/m/third/d.go", "d");
  files.add_link("/m/lib/file.go", "../other/c.go");
  files.add_link("/m/lib/folder", "../other");
  files.add_link("/m/lib/up", "..");
  files.add_link("/m/lib/sub/round", "../../lib");
  files.add_link("/m/lib/absolute", "/m/third");
  files.add_link("/m/lib/dangling", "nowhere");
  files.add_link("/m/other/deeper", "../third");
  files.add_link("/m/other/e.go", "c.go");
  const DirectoryRules rules{.kind = DirectoryKind::kReplacement, .links = DirectoryLinks::kLikeGo};
  const auto tree = REQUIRE_OK(open_directory_tree(files, "/m/lib", rules));
  CHECK(names_of(*tree) ==
        std::vector<std::string>{"a.go", "absolute/d.go", "file.go", "folder/c.go", "folder/e.go", "sub/b.go"});
  CHECK(module::find_file(*tree, "file.go")->is_link);
  CHECK(module::find_file(*tree, "folder/e.go")->is_link);
  CHECK_FALSE(module::find_file(*tree, "folder/c.go")->is_link);
  CHECK(module::find_file(*tree, "folder/c.go")->linked_directory == 6);
  CHECK(module::find_file(*tree, "sub/b.go")->linked_directory == 0);
  CHECK(REQUIRE_OK(tree->read("file.go")) == "c");
}

TEST_CASE("links of a native replacement are files of it, or refused") {
  test::MemoryFileSystem files;
  files.add("/m/real.h", "h", 0755);
  files.add("/m/sub/x.h", "x");
  files.add("/secret", "s");
  files.add_link("/m/include.h", "sub/../again.h");
  files.add_link("/m/again.h", "real.h");
  files.add_link("/m/folder", "sub");
  DirectoryRules rules{
      .kind = DirectoryKind::kReplacement, .modes = DirectoryModes::kRead, .links = DirectoryLinks::kInside};
  const std::vector<std::string> inside = {"again.h", "include.h", "real.h", "sub/x.h"};
  const auto tree = REQUIRE_OK(open_directory_tree(files, "/m", rules));
  CHECK(names_of(*tree) == inside);
  CHECK(REQUIRE_OK(tree->read("include.h")) == "h");
  CHECK(module::find_file(*tree, "include.h")->executable);
  CHECK_FALSE(module::find_file(*tree, "include.h")->is_link);
  for (const char* target : {"/secret", "../secret", "nowhere", "out.h"}) {
    CAPTURE(target);
    REQUIRE_OK(files.remove_all("/m/out.h"));
    files.add_link("/m/out.h", target);
    rules.links = DirectoryLinks::kInside;
    CHECK_ERROR(open_directory_tree(files, "/m", rules), Code::kGitLink, "which is no file of the module");
    rules.links = DirectoryLinks::kInsideOrPassedOver;
    CHECK(names_of(*REQUIRE_OK(open_directory_tree(files, "/m", rules))) == inside);
  }
}

TEST_CASE("which files are executable is told where it is asked for") {
  test::MemoryFileSystem files;
  files.add("/m/run.sh", "", 0755);
  files.add("/m/x.c", "", 0644);
  const auto kept = REQUIRE_OK(
      open_directory_tree(files, "/m", {.kind = DirectoryKind::kReplacement, .modes = DirectoryModes::kRead}));
  CHECK(module::find_file(*kept, "run.sh")->executable);
  CHECK_FALSE(module::find_file(*kept, "x.c")->executable);
  const auto ignored = REQUIRE_OK(open_directory_tree(files, "/m", {.kind = DirectoryKind::kReplacement}));
  CHECK_FALSE(module::find_file(*ignored, "run.sh")->executable);
}

TEST_CASE("a directory that is not there is an error") {
  modtool::test::MemoryFileSystem files;
  CHECK_ERROR(open_directory_tree(files, "/m", {}), Code::kFileNotFound, "/m");
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
