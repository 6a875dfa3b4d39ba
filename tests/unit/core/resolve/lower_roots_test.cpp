#include "core/resolve/lower_roots.hpp"

#include <algorithm>

#include "core/module/semver.hpp"
#include "tests/support/check.hpp"
#include "tests/unit/core/resolve/toy_modules.hpp"

namespace modtool::resolve {
namespace {

using modtool::test::run_scenarios;
using modtool::test::Scenario;
using test::ToyWorld;
using Words = std::vector<std::string>;

LoweringInputs inputs_of(const ToyWorld& world, const Words& modules) {
  return {
      .load =
          [&world](const std::vector<module::ModuleVersion>& roots) {
            return world.load(ToyWorld::root(test::names_of(roots)));
          },
      .versions = [modules](const std::string& path) -> Result<Words> {
        Words versions;
        for (const auto& module : test::toys(join(modules, " "))) {
          if (module.path == path) versions.push_back(module.version);
        }
        return versions;
      },
      .compare = [](auto, auto a, auto b) { return module::compare_versions(a, b); },
  };
}

// "b1.2->b1.0 (c1.2)": what becomes of a root, and what it asked for.
std::string text_of(const std::vector<LoweredRoot>& lowered) {
  Words texts;
  for (const auto& root : lowered) {
    const std::string now = root.version.empty() ? "none" : test::name_of({root.module.path, root.version});
    texts.push_back(test::name_of(root.module) + "->" + now + " (" + test::name_of(root.asks) + ")");
  }
  return join(texts, " ");
}

// "lower b1.2 c1.1 to c1.1": the roots, and what is wanted of them. The versions that there are of a module are those
// that have a line. "conflict: …" where the wanted ones contradict each other.
std::string lower(const Scenario& scenario, const Words& operands) {
  const auto to = std::ranges::find(operands, "to");
  REQUIRE(to != operands.end());
  const ToyWorld world(scenario);
  const auto lowered =
      lower_roots(test::toys(join({operands.begin(), to}, " ")), test::toys(join({to + 1, operands.end()}, " ")),
                  inputs_of(world, scenario.modules()));
  if (lowered) return text_of(*lowered);
  REQUIRE(lowered.error().code == Code::kRequestConflict);
  return "conflict: " + lowered.error().message;
}

TEST_CASE("a root that leads to more than is wanted makes room for it") {
  run_scenarios(R"(
    scenario: it goes back to its newest version that does not ask for more
    b1.0: c1.0
    b1.1: d1.0
    b1.2: d1.0
    d1.0: c1.2
    lower b1.2 c1.1 to c1.1: b1.2->b1.0 (c1.2)
    lower b1.2 c1.2 to c1.2:
    lower b1.2 to c1.0: b1.2->b1.0 (c1.2)

    scenario: the newest version that fits is taken, not the oldest
    b1.0:
    b1.1: c1.0
    b1.2: c1.1
    b1.3: c1.2
    lower b1.3 c1.1 to c1.1: b1.3->b1.2 (c1.2)

    scenario: a root is never raised
    b1.0: c1.2
    b1.1:
    lower b1.0 c1.1 to c1.1: b1.0->none (c1.2)

    scenario: a version that asks for more again is passed over
    b1.0:
    b1.1: c1.2
    b1.2: c1.1
    b1.3: c1.3
    lower b1.3 c1.0 to c1.0: b1.3->b1.0 (c1.3)
    lower b1.3 c1.1 to c1.1: b1.3->b1.2 (c1.3)

    scenario: a root without an older version is dropped
    b1.0: c1.0
    e1.0: c1.2
    f1.0: e1.0
    lower b1.0 e1.0 f1.0 to c1.1: e1.0->none (c1.2) f1.0->none (c1.2)

    scenario: what is not to be in the graph at all takes along what needs it
    b1.0:
    b1.1: c1.0
    d1.0: b1.1
    lower b1.1 d1.0 to c: b1.1->b1.0 (c1.0) d1.0->none (c1.0)
    lower b1.0 to c:

    scenario: several wanted modules are all kept low
    b1.0:
    b1.1: d1.1
    b1.2: c1.1
    lower b1.2 c1.0 d1.0 to c1.0 d1.0: b1.2->b1.0 (c1.1)
    lower b1.2 to a1.0 c1.0 d1.0: b1.2->b1.0 (c1.1)
    lower b1.1 to c1.0 d1.0: b1.1->b1.0 (d1.1)

    scenario: modules that require each other go back together or not at all
    b1.0: c1.0
    c1.0: b1.0
    b1.1: c1.1
    c1.1: b1.1 d1.2
    lower b1.1 d1.1 to d1.1: b1.1->b1.0 (d1.2)
    lower c1.1 d1.1 to d1.1: c1.1->c1.0 (d1.2)
  )",
                {{"lower", lower}});
}

TEST_CASE("wanted modules that contradict each other are told") {
  run_scenarios(R"(
    scenario: one asks for more of the other
    b1.0:
    b1.2: d1.0
    d1.0: c1.2
    lower b1.2 c1.1 to c1.1 b1.2: conflict: example.com/b@v1.2.0 requires example.com/c@v1.2.0, not example.com/c@v1.1.0
    lower b1.2 to c b1.2: conflict: example.com/b@v1.2.0 requires example.com/c@v1.2.0, not example.com/c@none

    scenario: one is a root in a newer version, too
    b1.1:
    b1.2:
    lower b1.1 b1.2 to b1.1: conflict: example.com/b@v1.2.0 is required, too, so example.com/b@v1.1.0 cannot be selected
  )",
                {{"lower", lower}});
}

TEST_CASE("what fails while roots are lowered is returned") {
  const ToyWorld world("b1.0: c1.2");
  auto inputs = inputs_of(world, {"b1.0"});
  inputs.versions = [](auto) -> Result<Words> { return fail(Code::kUnreachable, "no list"); };
  CHECK_ERROR(lower_roots(test::toys("b1.0"), test::toys("c1.1"), inputs), Code::kUnreachable, "no list");
  inputs.load = [](const auto&) -> Result<ModuleGraph> { return fail(Code::kOffline, "no graph"); };
  CHECK_ERROR(lower_roots(test::toys("b1.0"), test::toys("c1.1"), inputs), Code::kOffline, "no graph");
}

}  // namespace
}  // namespace modtool::resolve
