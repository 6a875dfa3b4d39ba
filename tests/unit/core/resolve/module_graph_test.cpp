#include "core/resolve/module_graph.hpp"

#include "tests/support/check.hpp"
#include "tests/unit/core/resolve/toy_modules.hpp"

namespace modtool::resolve {
namespace {

using test::names_of;
using test::toy;
using test::toys;
using test::ToyWorld;

// The graph of main modules "m: b1.0 c1.0", a line each.
Result<ModuleGraph> load(const ToyWorld& world, std::string_view mains) {
  const auto dialect = native::make_native_dialect("0.1.0");
  const manifest::Manifest manifest{.path = "example.com/m"};
  const auto modules = world.summaries(manifest);
  const Cancellation cancellation;
  WorkerPool pool(1, cancellation);
  GraphInputs inputs{
      .mains = {}, .roots = {}, .manifest = manifest, .dialect = *dialect, .modules = *modules, .pool = pool};
  for (const auto line : split_lines(mains)) {
    const auto colon = line.find(':');
    inputs.mains.push_back({.module = toy(trim(line.substr(0, colon))), .require = toys(line.substr(colon + 1))});
    for (const auto& module : inputs.mains.back().require) inputs.roots.modules.push_back(module);
  }
  return ModuleGraph::load(inputs);
}

}  // namespace

TEST_CASE("of several main modules each has its requirements, and all of them stand in front") {
  const ToyWorld world("b1.0: d1.1\nc1.0: d1.2");
  const auto graph = REQUIRE_OK(load(world, "m: b1.0\nk: c1.0 b1.0"));
  CHECK(names_of(graph.build_list()) == "m k b1.0 c1.0 d1.2");
  REQUIRE(graph.mains().size() == 2);
  CHECK(graph.module(graph.mains()[1]) == toy("k"));
  CHECK(graph.required_by(graph.mains()[0]).size() == 1);
  CHECK(graph.required_by(graph.mains()[1]).size() == 2);
}

TEST_CASE("a main module that another one requires is itself, at whatever version") {
  const auto graph = REQUIRE_OK(load(ToyWorld("b1.0: m1.9"), "m: b1.0"));
  CHECK(*graph.selected("example.com/m") == toy("m"));
}

TEST_CASE("two classes of one path are told with a way to what is selected of each, and what accepts the newer") {
  struct Case {
    const char* name;
    const char* world;
    const char* mains;
    const char* first;
    const char* second;
  };
  const Case cases[] = {
      {"the older class nearer", "b1.0: d1.0\nc1.0: k1.0\nk1.0: d2.1", "m: b1.0 c1.0",
       "example.com/d@v1.0.0 <- example.com/b@v1.0.0 <- example.com/m",
       "example.com/d@v2.1.0 <- example.com/k@v1.0.0 <- example.com/c@v1.0.0 <- example.com/m"},
      {"the newer class nearer", "b1.0: d1.0", "m: b1.0 d2.1", "example.com/d@v2.1.0 <- example.com/m",
       "example.com/d@v1.0.0 <- example.com/b@v1.0.0 <- example.com/m"},
      {"several of a class", "b1.0: d1.0\nc1.0: d1.5\nk1.0: d2.1\nl1.0: d2.0", "m: b1.0 c1.0 k1.0 l1.0",
       "example.com/d@v1.5.0 <- example.com/c@v1.0.0 <- example.com/m",
       "example.com/d@v2.1.0 <- example.com/k@v1.0.0 <- example.com/m"},
      {"of two main modules", "b1.0: d1.0", "m: b1.0\nk: d2.1", "example.com/d@v2.1.0 <- example.com/k",
       "example.com/d@v1.0.0 <- example.com/b@v1.0.0 <- example.com/m"},
  };
  for (const auto& [name, world, mains, first, second] : cases) {
    CAPTURE(name);
    const auto graph = load(ToyWorld(world), mains);
    CHECK_ERROR(graph, Code::kTwoClasses,
                std::string("two incompatible versions of example.com/d are required:\n\t") + first + "\n\t" + second);
    if (!graph) CHECK(to_command(graph.error().fix) == "modtool edit --major example.com/d=v2.1.0");
  }
}

TEST_CASE("the least version that the root accepts is a root, where it is not excluded") {
  const ToyWorld world("b1.0: c1.0 d1.0");
  auto root = ToyWorld::root("b1.0");
  for (const char* path : {"b", "c", "d", "e"}) root.majors[toy(path).path] = "v1.5.0";
  root.exclude = {toy("c1.5")};
  const auto graph = REQUIRE_OK(world.load(root));
  CHECK(*graph.selected("example.com/b") == toy("b1.5"));
  CHECK(*graph.selected("example.com/c") == toy("c1.0"));
  CHECK(*graph.selected("example.com/d") == toy("d1.5"));
  CHECK(graph.selected("example.com/e") == nullptr);
}

TEST_CASE("before version one each minor version is a class, and the main module has one alone") {
  CHECK_ERROR(load(ToyWorld("b1.0: d0.1"), "m: b1.0 d0.2"), Code::kTwoClasses, "example.com/d@v0.1.0 <- ");
  REQUIRE_OK(load(ToyWorld("b1.0: m2.0\nc1.0: m1.0"), "m: b1.0 c1.0"));
}

}  // namespace modtool::resolve
