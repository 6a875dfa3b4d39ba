#include "core/git/committed_files.hpp"

#include <fmt/format.h>

#include "core/base/reader.hpp"
#include "tests/support/check.hpp"
#include "tests/support/files.hpp"
#include "tests/support/git_fixture.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool;
using namespace modtool::git;
using test::GitFixture;

namespace {

struct WorkTree {
  test::TempDirectory temp;
  GitFixture fixture{temp / "r", false};
  std::string root = temp / "r";

  void write(const std::string& name, std::string_view text) const { test::write_file(root + "/" + name, text); }
  void stage() const { fixture.git({"add", "-A", "-f"}); }
  void commit(const std::string& message) const {
    stage();
    fixture.git({"commit", "-q", "-m", message});
  }
  std::unique_ptr<io::FileSystem> open(const std::string& revision = "") const {
    return REQUIRE_OK(open_committed_files(io::disk(), root, revision));
  }
};

std::string listed(const io::FileReader& files, const std::string& directory) {
  std::string text;
  for (const auto& entry : REQUIRE_OK(files.list(directory).required())) {
    text += fmt::format("{}{} ", entry.name, entry.kind == io::FileKind::kDirectory ? "/" : "");
  }
  return text;
}

Code code_of(const io::FileReader& files, const std::string& path) {
  const auto read = files.read(path).required();
  return read ? Code::kUsage : read.error().code;
}

}  // namespace

TEST_CASE("what Git holds stands in the place of the disk, in its checkout and nowhere else") {
  const WorkTree tree;
  tree.write("a.c", "staged\n");
  tree.write("d/e/f.c", "f\n");
  tree.write("d.c", "d\n");
  test::write_file(tree.temp / "beside.c", "beside\n");
  tree.stage();
  tree.write("a.c", "edited\n");
  tree.write("new.c", "new\n");
  const auto files = tree.open();
  CHECK(files->read(tree.root + "/a.c").required() == "staged\n");
  CHECK(code_of(*files, tree.root + "/new.c") == Code::kFileNotFound);
  CHECK(code_of(*files, tree.root + "/d") == Code::kIsADirectory);
  CHECK(files->read(tree.temp / "beside.c").required() == "beside\n");
  CHECK(listed(*files, tree.root) == "a.c d/ d.c ");
  CHECK(listed(*files, tree.root + "/d") == "e/ ");
  CHECK(listed(*files, tree.root + "/d/e") == "f.c ");
  CHECK(REQUIRE_OK(files->list_beneath(tree.root + "/d", "e").required()).size() == 1);
  CHECK(files->read_beneath(tree.root + "/d", "e/f.c").required() == "f\n");
  CHECK(REQUIRE_OK(files->map(tree.root + "/d.c"))->view() == "d\n");
  CHECK(read_all(*REQUIRE_OK(files->open(tree.root + "/d.c"))) == "d\n");
  CHECK(REQUIRE_OK(files->stat(tree.root + "/a.c").required()).size == 7);
  CHECK(REQUIRE_OK(files->stat(tree.root).required()).kind == io::FileKind::kDirectory);
  CHECK_FALSE(files->list(tree.root + "/a.c").required());
  CHECK_FALSE(files->list(tree.root + "/nothing").required());
  CHECK(REQUIRE_OK(files->stat(tree.root + "/.git").required()).kind == io::FileKind::kDirectory);
}

TEST_CASE("nothing of it can be changed, and what is beside can") {
  const WorkTree tree;
  tree.write("a.c", "a\n");
  tree.stage();
  const auto files = tree.open();
  const auto written = files->write_atomic(tree.root + "/a.c", "b\n");
  REQUIRE_FALSE(written);
  CHECK(written.error().code == Code::kNotSupported);
  CHECK_FALSE(files->remove_all(tree.root + "/a.c"));
  CHECK(files->write_atomic(tree.temp / "b.c", "b\n"));
  CHECK(io::disk().read(tree.root + "/a.c").required() == "a\n");
}

TEST_CASE("a revision is shown with its own attributes") {
  const WorkTree tree;
  tree.write(".gitattributes", "*.txt text eol=crlf\n");
  tree.write("a.txt", "one\n");
  tree.write("tool", "#!\n");
  REQUIRE_OK(io::disk().set_mode(tree.root + "/tool", 0755));
  tree.commit("one");
  tree.write(".gitattributes", "");
  tree.write("a.txt", "two\n");
  tree.commit("two");
  CHECK(tree.open("HEAD~1")->read(tree.root + "/a.txt").required() == "one\r\n");
  CHECK(tree.open("HEAD")->read(tree.root + "/a.txt").required() == "two\n");
  CHECK((REQUIRE_OK(tree.open("HEAD")->lstat(tree.root + "/tool").required()).mode & 0111) != 0);
  CHECK((REQUIRE_OK(tree.open("HEAD")->lstat(tree.root + "/a.txt").required()).mode & 0111) == 0);
  const auto unknown = open_committed_files(io::disk(), tree.root, "nowhere");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == Code::kUnknownVersion);
}

TEST_CASE("links lead where they do in a clone, and are not followed beneath a root") {
  const WorkTree tree;
  tree.write("d/f.c", "f\n");
  REQUIRE_OK(io::disk().make_link("d", tree.root + "/link"));
  REQUIRE_OK(io::disk().make_link("../d/f.c", tree.root + "/d/to-f"));
  REQUIRE_OK(io::disk().make_link("circle", tree.root + "/circle"));
  REQUIRE_OK(io::disk().make_link(tree.temp / "outside.c", tree.root + "/out"));
  test::write_file(tree.temp / "outside.c", "outside\n");
  tree.stage();
  const auto files = tree.open();
  CHECK(files->read(tree.root + "/link/f.c").required() == "f\n");
  CHECK(files->read(tree.root + "/link/to-f").required() == "f\n");
  CHECK(files->read(tree.root + "/out").required() == "outside\n");
  CHECK_FALSE(files->read(tree.root + "/circle").required());
  CHECK(REQUIRE_OK(files->lstat(tree.root + "/link").required()).kind == io::FileKind::kSymlink);
  CHECK(REQUIRE_OK(files->stat(tree.root + "/link").required()).kind == io::FileKind::kDirectory);
  CHECK(files->read_link(tree.root + "/link") == "d");
  CHECK_FALSE(files->read_link(tree.root + "/d/f.c"));
  CHECK(files->read_beneath(tree.root, "link/f.c").required().error().code == Code::kSymbolicLink);
  CHECK(files->list_beneath(tree.root + "/link", "").required().error().code == Code::kSymbolicLink);
}

TEST_CASE("without a repository there is nothing to ask") {
  const test::TempDirectory temp;
  const auto opened = open_committed_files(io::disk(), temp / "", "");
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == Code::kNoRepository);
}
