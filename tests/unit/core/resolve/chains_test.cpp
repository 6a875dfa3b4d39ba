#include "core/resolve/chains.hpp"

#include "tests/support/check.hpp"
#include "tests/unit/core/resolve/toy_modules.hpp"

namespace modtool::resolve {
namespace {

using modtool::test::run_scenarios;
using modtool::test::Scenario;
using test::ToyWorld;
using Words = std::vector<std::string>;

using FindChains = std::vector<Chain> (*)(const ModuleGraph& graph, std::string_view path);

// "main b1.0 c1.0, main c1.1"; "none" where there is no chain. The first operand is the path, the others are roots.
std::string chains(const Scenario& scenario, const Words& operands, FindChains find) {
  const ToyWorld world(scenario);
  const auto manifest = ToyWorld::root(join({operands.begin() + 1, operands.end()}, " "));
  const auto graph = REQUIRE_OK(world.load(manifest));
  const std::string path = operands[0] == "main" ? manifest.path : test::toy(operands[0]).path;
  Words texts;
  for (const auto& chain : find(graph, path)) {
    Words names;
    for (const auto& module : chain)
      names.push_back(module == graph.module(graph.main()) ? "main" : test::name_of(module));
    texts.push_back(join(names, " "));
  }
  return texts.empty() ? "none" : join(texts, ", ");
}

std::string shortest(const Scenario& scenario, const Words& operands) {
  return chains(scenario, operands,
                [](const ModuleGraph& graph, std::string_view path) { return shortest_chains(graph, path); });
}
std::string every(const Scenario& scenario, const Words& operands) {
  return chains(scenario, operands, chains_through_every_requirement);
}

TEST_CASE("a shortest chain leads to each version of a path") {
  run_scenarios(R"(
    scenario: of a long and a short chain the short one counts
    b1.0: c1.0
    c1.0: d1.0
    e1.0: d1.0
    why d b1.0 e1.0: main e1.0 d1.0
    why d b1.0: main b1.0 c1.0 d1.0
    why b b1.0: main b1.0

    scenario: versions come in ascending order, selected or not
    b1.0: c1.10
    d1.0: c1.9
    why c b1.0 c1.2 d1.0: main c1.2, main d1.0 c1.9, main b1.0 c1.10

    scenario: among equally short chains it is the first in the order of the manifest
    b1.0: e1.0
    c1.0: e1.0
    d1.0: f1.0
    e1.0: g1.0
    f1.0: g1.0
    why e c1.0 b1.0: main b1.0 e1.0
    why g d1.0 b1.0: main b1.0 e1.0 g1.0

    scenario: a path that nothing requires has no chain
    b1.0: c1.0
    x1.0: y1.0
    why x b1.0: none
    why d b1.0: none

    scenario: the main module needs no reason
    b1.0: c1.0
    why main b1.0: main

    scenario: a cycle leads nowhere twice
    b1.0: c1.0
    c1.0: d1.0 b1.0
    d1.0: b1.1
    b1.1: c1.0
    why b b1.0: main b1.0, main b1.0 c1.0 d1.0 b1.1
    why c b1.0: main b1.0 c1.0
    why d c1.0: main c1.0 d1.0

    scenario: a losing version is a link like any other
    b1.0: c1.0
    c1.0: d1.0
    why d b1.0 c1.1: main b1.0 c1.0 d1.0
  )",
                {{"why", shortest}});
}

// As `shortest`, with the roots behind a question mark required for others.
std::string explaining(const Scenario& scenario, const Words& operands) {
  ForOthers for_others;
  Words plain;
  for (const auto& operand : operands) {
    plain.push_back(operand.substr(0, operand.find('?')));
    if (operand.ends_with('?')) for_others.insert(test::toy(plain.back()).path);
  }
  const ToyWorld world(scenario);
  const auto manifest = ToyWorld::root(join({plain.begin() + 1, plain.end()}, " "));
  const auto graph = REQUIRE_OK(world.load(manifest));
  Words texts;
  for (const auto& chain : shortest_chains(graph, test::toy(plain[0]).path, for_others)) {
    Words names;
    for (const auto& module : chain)
      names.push_back(module == graph.module(graph.main()) ? "main" : test::name_of(module));
    texts.push_back(join(names, " "));
  }
  return join(texts, ", ");
}

TEST_CASE("a line for others explains nothing where somebody else requires the module") {
  run_scenarios(R"(
    scenario: who needs it is told, however long the way
    b1.0: c1.0
    c1.0: d1.0
    why d b1.0 d1.0?: main b1.0 c1.0 d1.0
    why d b1.0 d1.0: main d1.0

    scenario: where nobody else does, the line is all there is, and what follows from it
    e1.0: f1.0
    why e b1.0 e1.0?: main e1.0
    why f b1.0 e1.0?: main e1.0 f1.0

    scenario: another version is another question
    b1.0: d1.0
    why d b1.0 d1.1?: main b1.0 d1.0, main d1.1
  )",
                {{"why", explaining}});
}

TEST_CASE("every requirement on a path has a chain that ends in it") {
  run_scenarios(R"(
    scenario: each module that requires the path is told once, in the order of their paths and versions
    b1.0: c1.0
    d1.9: c1.1
    d1.10: c1.0 b1.0
    why c d1.9 b1.0 c1.0 d1.10: main b1.0 c1.0, main d1.9 c1.1, main d1.10 c1.0, main c1.0
    why b d1.9 d1.10: main d1.10 b1.0

    scenario: the way to what requires it is as short as any
    b1.0: c1.0
    c1.0: d1.0
    d1.0: e1.0
    why e b1.0 d1.0: main d1.0 e1.0
    why d b1.0 d1.0: main b1.0 c1.0 d1.0, main d1.0

    scenario: modules that require each other show the requirement that closes the cycle
    b1.0: c1.0
    c1.0: b1.0
    why b b1.0: main b1.0 c1.0 b1.0, main b1.0
    why c b1.0: main b1.0 c1.0

    scenario: nobody requires the main module or what is not there
    b1.0: c1.0
    why main b1.0: none
    why d b1.0: none
  )",
                {{"why", every}});
}

TEST_CASE("a module that requires the main one has a chain back to it") {
  ToyWorld world("");
  world.of(test::toy("b1.0")) = {{"example.com/main", "v1.0.0"}};
  const auto manifest = ToyWorld::root("b1.0");
  const auto graph = REQUIRE_OK(world.load(manifest));
  const module::ModuleVersion main{"example.com/main", ""};
  const module::ModuleVersion old_main{"example.com/main", "v1.0.0"};
  CHECK(shortest_chains(graph, main.path) == std::vector<Chain>{{main}, {main, test::toy("b1.0"), old_main}});
  CHECK(chains_through_every_requirement(graph, main.path) == std::vector<Chain>{{main, test::toy("b1.0"), old_main}});
}

TEST_CASE("what two groups require at one version has one chain") {
  const ToyWorld world("");
  const auto graph = REQUIRE_OK(world.load(ToyWorld::root("b1.0 test:b1.0")));
  CHECK(chains_through_every_requirement(graph, "example.com/b").size() == 1);
}

}  // namespace
}  // namespace modtool::resolve
