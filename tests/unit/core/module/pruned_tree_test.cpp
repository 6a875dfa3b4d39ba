#include "core/module/pruned_tree.hpp"

#include "tests/support/check.hpp"

using namespace modtool;
using module::ModuleVersion;

TEST_CASE("the directories of a module that are modules of their own are known by their paths") {
  const std::vector<ModuleVersion> modules = {
      {"h.org/o/r", "v1.0.0"}, {"h.org/o/r/a/b", "v1.0.0"}, {"h.org/o/rest", "v1.0.0"}, {"h.org/o", "v1.0.0"}};
  CHECK(module::nested_modules("h.org/o/r", modules) == std::vector<std::string>{"a/b"});
  CHECK(module::nested_modules("h.org/o/rest", modules).empty());
}

TEST_CASE("a pruned tree has all files but those of the directories") {
  const std::shared_ptr<const module::ModuleTree> whole =
      module::make_memory_tree({{"a.c", "a"}, {"part/x.c", "x"}, {"parted.c", "p"}});
  const auto pruned = module::prune_tree(whole, {"part"});
  REQUIRE(pruned->list().size() == 2);
  CHECK(REQUIRE_OK(pruned->read("parted.c")) == "p");
  CHECK_ERROR(pruned->read("part/x.c"), Code::kFileNotFound, "part/x.c");
  CHECK_ERROR(pruned->open("part/x.c"), Code::kFileNotFound, "part/x.c");
  CHECK(module::prune_tree(whole, {}) == whole);
}
