#include "vendor_tool/proof/listed_tree.hpp"

#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::vendor_tool {
namespace {

TEST_CASE("a tree lists the files of its block, and no entry of a directory") {
  const modtool::test::MemoryFileSystem files;
  SumsBlock block{.module = {"example.com/a", "v1.0.0"}, .files = module::Preimage()};
  for (const char* name : {"a.c", "dir/", "dir/b.sh", "empty/", "z.c"}) block.files->push_back({.name = name});
  block.executables = {"dir/b.sh"};
  const auto tree = make_listed_tree(block, "modtool.json", {&files, "vendor", "example.com/a"}, OnLack::kFail, {});
  CHECK(tree->list() ==
        std::vector<module::TreeFile>{{.name = "a.c"}, {.name = "dir/b.sh", .executable = true}, {.name = "z.c"}});
}

}  // namespace
}  // namespace modtool::vendor_tool
