#include "core/module/module_tree.hpp"

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::module;

using Names = std::vector<std::string_view>;

TEST_CASE("a tree in memory lists its files sorted bytewise and gives their bytes") {
  const auto tree = make_memory_tree({{"b", "22"}, {"a/x", "1"}, {"a-b", ""}});
  CHECK(tree->list() == std::vector<TreeFile>{{"a-b", 0}, {"a/x", 1}, {"b", 2}});
  CHECK(REQUIRE_OK(tree->read("b")) == "22");
  CHECK_ERROR(tree->read("a"), Code::kFileNotFound, "no file `a`");
}

TEST_CASE("a file is found by its whole name only") {
  const auto tree = make_memory_tree({{"a/x", "1"}, {"b", "22"}});
  REQUIRE(find_file(*tree, "b") != nullptr);
  CHECK(find_file(*tree, "b")->size == 2);
  for (const std::string_view name : {"", "a", "a/", "x", "c", "B"}) CHECK(find_file(*tree, name) == nullptr);
}

TEST_CASE("the index of directories knows the files and directories in each") {
  const auto tree = make_memory_tree(
      {{"a-b/y.go", ""}, {"a/c/d/deep.go", ""}, {"a/x.go", ""}, {"a/z.go", ""}, {"top.go", ""}, {"a.go", ""}});
  const DirectoryIndex index(*tree);
  CHECK(index.files_in("") == Names{"a.go", "top.go"});
  CHECK(index.directories_in("") == Names{"a", "a-b"});
  CHECK(index.files_in("a") == Names{"x.go", "z.go"});
  CHECK(index.directories_in("a") == Names{"c"});
  CHECK(index.files_in("a/c").empty());
  CHECK(index.has_directory("a/c"));
  CHECK(index.files_in("a/c/d") == Names{"deep.go"});
}

TEST_CASE("the index of directories takes no file and no part of a name for a directory") {
  const auto tree = make_memory_tree({{"abc/x.go", ""}});
  const DirectoryIndex index(*tree);
  for (const std::string_view name : {"ab", "abc/", "abc/x.go", "x", "/"}) {
    CAPTURE(name);
    CHECK_FALSE(index.has_directory(name));
    CHECK(index.files_in(name).empty());
    CHECK(index.directories_in(name).empty());
  }
}

TEST_CASE("a tree without files still has its root directory") {
  const auto tree = make_memory_tree({});
  const DirectoryIndex index(*tree);
  CHECK(index.has_directory(""));
  CHECK(index.files_in("").empty());
}
