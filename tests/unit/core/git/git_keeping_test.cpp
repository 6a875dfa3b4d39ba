#include "core/git/git_keeping.hpp"

#include <fmt/ranges.h>

#include "tests/support/check.hpp"
#include "tests/support/files.hpp"
#include "tests/support/git_fixture.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool;
using namespace modtool::git;
using test::GitFixture;
using Names = std::vector<std::string>;

namespace {

// A work tree with a directory `v` in it.
struct WorkTree {
  test::TempDirectory temp;
  GitFixture fixture{temp / "r", false};

  void write(const std::string& name, std::string_view text) const { test::write_file(temp / ("r/" + name), text); }
  GitKeeping ask(const Names& names) const { return REQUIRE_OK(find_git_keeping(io::disk(), temp / "r/v", names)); }
};

}  // namespace

TEST_CASE("what a rule ignores is left out, unless it is tracked") {
  const WorkTree tree;
  tree.write(".gitignore", "*.inc\nout/\n");
  tree.write("v/sub/.gitignore", "own.c\n");
  const Names names = {"a.c", "a.inc", "out/b.c", "sub/.gitignore", "sub/own.c", "tracked.inc"};
  for (const auto& name : names) {
    if (name != "sub/.gitignore") tree.write("v/" + name, "x\n");
  }
  tree.fixture.git({"add", "-f", "v/tracked.inc"});
  const auto keeping = tree.ask(names);
  CHECK(fmt::format("{}", fmt::join(keeping.left_out, " ")) == "a.inc out/b.c sub/own.c");
  CHECK(keeping.changed.empty());
}

TEST_CASE("what attributes convert is changed, where there is something to convert") {
  const WorkTree tree;
  tree.write(".gitattributes",
             "*.txt text\n*.auto text=auto\n*.sln eol=crlf\n*.id ident\n*.big filter=lfs\n*.bin -text\n");
  const std::vector<std::pair<std::string, std::string>> files = {
      {"a.auto", "a\r\nb\r\n"},   {"a.bin", "a\r\n"},    {"a.big", "x"},
      {"a.id", "$Id$"},           {"a.sln", "a\nb\r\n"}, {"a.txt", "a\r\n"},
      {"b.auto", {"a\0\r\n", 4}}, {"b.id", "no id"},     {"b.sln", "a\r\nb\r\n"},
      {"b.txt", "a\nb\n"}};
  Names names;
  for (const auto& [name, text] : files) {
    tree.write("v/" + name, text);
    names.push_back(name);
  }
  CHECK(tree.ask(names).changed == Names{"a.auto", "a.big", "a.id", "a.sln", "a.txt"});
}

TEST_CASE("without a repository, or a rule, Git keeps everything") {
  const test::TempDirectory temp;
  test::write_file(temp / "p/.gitignore", "*\n");
  test::write_file(temp / "p/v/a.c", "x\n");
  CHECK(REQUIRE_OK(find_git_keeping(io::disk(), temp / "p/v", {"a.c"})).left_out.empty());
  const WorkTree tree;
  tree.write("v/a.c", "x\r\n");
  CHECK(tree.ask({"a.c"}).left_out.empty());
}
