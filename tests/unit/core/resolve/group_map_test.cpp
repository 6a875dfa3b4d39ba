#include "core/resolve/group_map.hpp"

#include "tests/support/check.hpp"
#include "tests/unit/core/resolve/toy_modules.hpp"

namespace modtool::resolve {
namespace {

using test::ToyWorld;

// "c1.0=test,tool d1.0=": the groups of every module but the main one.
std::string groups(const ToyWorld& world, std::string_view root) {
  const auto manifest = ToyWorld::root(root);
  const auto graph = REQUIRE_OK(world.load(manifest));
  const GroupMap map(manifest, graph);
  std::map<std::string, std::string> found;
  for (const auto node : graph.nodes()) {
    if (node != graph.main()) found[test::name_of(graph.module(node))] = join(map.groups_of(node), ",");
  }
  std::string text;
  for (const auto& [name, names] : found) text += (text.empty() ? "" : " ") + name + "=" + names;
  return text;
}

TEST_CASE("a module is of the groups that alone lead to it") {
  const ToyWorld world("b1.0: c1.0\nd1.0: c1.0 e1.0\nf1.0: e1.0");
  CHECK(groups(world, "b1.0 test:d1.0 tool:f1.0") == "b1.0= c1.0= d1.0=test e1.0=test,tool f1.0=tool");
  CHECK(groups(world, "test:b1.0 test:d1.0") == "b1.0=test c1.0=test d1.0=test e1.0=test");
  CHECK(groups(world, "b1.0 test:b1.0") == "b1.0= c1.0=");
}

TEST_CASE("what a group asks for in an older version it gets in the selected one") {
  const ToyWorld world("d1.0: c1.0\nc1.1: e1.0");
  CHECK(groups(world, "tool:c1.1 test:d1.0") == "c1.0=test c1.1=test,tool d1.0=test e1.0=test,tool");
}

TEST_CASE("what only a losing version needs is of the group that asks for that version") {
  const ToyWorld world("d1.0: c1.0\nc1.0: e1.0");
  CHECK(groups(world, "c1.1 test:d1.0") == "c1.0=test c1.1= d1.0=test e1.0=test");
}

TEST_CASE("a cycle of a group is walked once") {
  const ToyWorld world("c1.0: d1.0\nd1.0: c1.0 b1.0");
  CHECK(groups(world, "test:c1.0 b1.0") == "b1.0= c1.0=test d1.0=test");
  CHECK(groups(world, "test:c1.0 tool:d1.0") == "b1.0=test,tool c1.0=test,tool d1.0=test,tool");
}

TEST_CASE("a path that two groups require at two versions is of both, whichever is selected") {
  const ToyWorld world("c1.0: d1.0\nc1.1: e1.0");
  CHECK(groups(world, "test:c1.0 tool:c1.1") == "c1.0=test c1.1=test,tool d1.0=test e1.0=test,tool");
  CHECK(groups(world, "c1.0 tool:c1.1") == "c1.0= c1.1= d1.0= e1.0=");
}

TEST_CASE("the main module is of no group, and neither is what the root excludes") {
  const ToyWorld world("c1.0: d1.0");
  auto manifest = ToyWorld::root("test:c1.0 test:e1.0");
  manifest.exclude = {test::toy("c1.0")};
  const auto graph = REQUIRE_OK(world.load(manifest));
  const GroupMap map(manifest, graph);
  REQUIRE(graph.nodes().size() == 2);
  CHECK(map.groups_of(graph.main()).empty());
  CHECK(map.groups_of(graph.nodes()[1]) == std::vector<std::string>{"test"});
}

}  // namespace
}  // namespace modtool::resolve
