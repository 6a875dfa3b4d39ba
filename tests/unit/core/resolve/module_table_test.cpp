#include "core/resolve/module_table.hpp"

#include "tests/support/check.hpp"

namespace modtool::resolve {
namespace {

using module::ModuleVersion;

const ModuleVersion kA1{"example.com/a", "v1.0.0"};
const ModuleVersion kA11{"example.com/a", "v1.1.0"};
const ModuleVersion kA2{"example.com/a", "v2.0.0"};
const ModuleVersion kA21{"example.com/a", "v2.1.0"};
const ModuleVersion kB1{"example.com/b", "v1.0.0"};

TEST_CASE("equal modules have one id, whichever version of their path was met first") {
  ModuleTable table;
  const ModuleVersion all[] = {kA1, kA11, kB1, kA2};
  for (mvs::NodeId i = 0; i < 4; ++i) CHECK(table.intern(all[i]) == i);
  for (mvs::NodeId i = 0; i < 4; ++i) {
    CHECK(table.intern(ModuleVersion(all[i])) == i);
    CHECK(table.find(all[i]) == i);
    CHECK(table.module(i) == all[i]);
  }
  CHECK(table.size() == 4);
  CHECK(table.find(kA21) == mvs::kNoNode);
  CHECK(table.find({"example.com/c", "v1.0.0"}) == mvs::kNoNode);
}

TEST_CASE("without classes all versions of a path have its id") {
  ModuleTable table;
  for (const auto& module : {kA1, kB1, kA2}) table.intern(module);
  CHECK(table.path_of(0) == table.path_of(2));
  CHECK(table.path_of(0) != table.path_of(1));
  CHECK(table.find_path("example.com/b") == table.path_of(1));
  CHECK(table.find_path("example.com/c") == mvs::kNoNode);
}

TEST_CASE("versions of one class have one path id, and the path is that of the first") {
  ModuleTable table([](std::string_view, std::string_view version) { return std::string(version.substr(0, 2)); });
  for (const auto& module : {kA1, kB1, kA2, kA11, kA21}) table.intern(module);
  CHECK(table.path_of(table.find(kA1)) == table.path_of(table.find(kA11)));
  CHECK(table.path_of(table.find(kA2)) == table.path_of(table.find(kA21)));
  CHECK(table.path_of(table.find(kA1)) != table.path_of(table.find(kA2)));
  CHECK(table.path_of(table.find(kA1)) != table.path_of(table.find(kB1)));
  CHECK(table.find_path("example.com/a") == table.path_of(table.find(kA1)));
}

}  // namespace
}  // namespace modtool::resolve
