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

}  // namespace modtool::resolve
