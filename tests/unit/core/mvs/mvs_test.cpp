#include "core/mvs/mvs.hpp"

#include "tests/support/check.hpp"
#include "tests/unit/core/mvs/toy_requirements.hpp"

namespace modtool::mvs {
namespace {

using modtool::test::run_scenarios;
using modtool::test::Scenario;
using test::ToyRequirements;
using Words = std::vector<std::string>;

std::string words(const ToyRequirements& requirements, const Result<std::vector<NodeId>>& nodes) {
  return nodes ? join(requirements.names(*nodes), " ") : nodes.error().message;
}

// "build A": the build list, in its order. Several operands are several main modules.
std::string build(const Scenario& scenario, const Words& roots) {
  ToyRequirements requirements(scenario);
  const auto selection = Selection::of(requirements, requirements.nodes(roots));
  return selection ? words(requirements, selection->build_list(requirements)) : selection.error().message;
}

// "reached A": every version that something requires, in the order in which it is met.
std::string reached(const Scenario& scenario, const Words& roots) {
  ToyRequirements requirements(scenario);
  const auto selection = Selection::of(requirements, requirements.nodes(roots));
  return selection ? words(requirements, selection->reached()) : selection.error().message;
}

// "req A B C": the least that A must require, B and C among it; sorted.
std::string req(const Scenario& scenario, const Words& operands) {
  ToyRequirements requirements(scenario);
  const NodeId main = requirements.node(operands[0]);
  const auto selection = REQUIRE_OK(Selection::of(requirements, {&main, 1}));
  std::vector<PathId> base;
  for (const auto& path : Words(operands.begin() + 1, operands.end())) base.push_back(requirements.path(path));
  Words minimal = requirements.names(REQUIRE_OK(minimal_requirements(requirements, selection, main, base)));
  std::ranges::sort(minimal);
  return join(minimal, " ");
}

// "chain A B D1": a shortest chain from A or B to D1; "… D" to any version of D.
std::string chain(const Scenario& scenario, const Words& operands) {
  ToyRequirements requirements(scenario);
  const Words roots(operands.begin(), operands.end() - 1);
  const auto& target = operands.back();
  const auto is_wanted = [&](NodeId node) {
    const std::string& name = requirements.name(node);
    return name == target || name.substr(0, 1) == target;
  };
  const auto found = find_chain(requirements, requirements.nodes(roots), is_wanted);
  return found && found->empty() ? "none" : words(requirements, found);
}

constexpr std::string_view kSelection = R"(
scenario: without requirements there is the main module alone
A:
build A: A

scenario: the greatest version that anything requires is selected
A: B1 C1
B1: D1
C1: D3
build A: A B1 C1 D3
reached A: A B1 C1 D1 D3

scenario: a version that nothing requires is never selected
A: B1
B1: C1
B9: C9
C9: D9
build A: A B1 C1

scenario: which version is greater is not for the text to say
A: B9 C1
C1: B10
build A: A B10 C1

scenario: a requirement on an older version lowers nothing
A: B2 C1
B2: D2
C1: B1 D1
build A: A B2 C1 D2

scenario: what a losing version requires is required all the same
A: B1 C1
B1: D1
C1: B2
B2:
build A: A B2 C1 D1

scenario: an upgrade of one module takes along what its new version asks for, and no more
A1: B1 C1
A2: B2 C1
B1: D1
B2: D2
C1: E1
D2: E1
E2:
build A1: A1 B1 C1 D1 E1
build A2: A2 B2 C1 D2 E1

scenario: modules are listed in the order in which their paths are met
A: D1 B1
D1: C1
B1: E1 C2
build A: A D1 B1 C2 E1
reached A: A D1 B1 C1 E1 C2

scenario: what stands twice counts once
A: B1 B1 B2
build A: A B2
reached A: A B1 B2

scenario: several main modules share one list
A: C1
B: C2 D1
C1: E1
build A B: A B C2 D1 E1
build B A: B A C2 D1 E1
build A A: A C1 E1
)";

constexpr std::string_view kCycles = R"(
scenario: modules that require each other are no trouble
A: B1
B1: C1
C1: B1
build A: A B1 C1
req A: B1
chain A C1: A B1 C1

scenario: a cycle may climb
A: B1
B1: C1
C1: B2
B2: C2
C2: B3
build A: A B3 C2
reached A: A B1 C1 B2 C2 B3

scenario: a module may require itself
A: B1
B1: B1 B2
B2: B1
build A: A B2
req A: B2

scenario: the main module is the newest of its path, and its older versions count for what they require
A: B1
B1: A7
A7: C1
build A: A B1 C1
req A: B1
chain A C1: A B1 A7 C1

scenario: what requires the main module implies no requirement of it
A: B1 C1
B1: A
build A: A B1 C1
req A: B1 C1
)";

constexpr std::string_view kMinimalRequirements = R"(
scenario: nothing is required of nobody
A:
req A:

scenario: what others imply is not listed
A: B1 C1 D1
B1: C1
req A: B1 D1

scenario: what must be listed is, and no more
A: B1 C1 D1
B1: C1
req A C: B1 C1 D1
req A C D: B1 C1 D1
req A B: B1 D1
req A C C: B1 C1 D1
req A E: B1 D1

scenario: a long way is as good as a short one
A: B1 C1 D1 E1
B1: C1
C1: D1
D1: E1
req A: B1
req A E: B1 E1

scenario: what is listed is what was selected
A: B1 C1
C1: B2
req A: C1
req A B: B2 C1

scenario: what only the main module asks for in that version is listed
A: B2 C1
C1: B1
req A: B2 C1

scenario: a losing version implies what it requires
A: B1 C1 D1
B1: E1
C1: E2
E1: D1
req A: B1 C1

scenario: of a cycle one is enough
A: B1 C1
B1: C1
C1: B1
req A: B1
req A C: C1
req A B C: B1 C1

scenario: what leads into a cycle is enough
A: B1 C1 D1
B1: C1
C1: B1
D1: C1
req A: D1
)";

constexpr std::string_view kChains = R"(
scenario: a chain is as short as any
A: B1 E1
B1: C1
C1: D1
E1: D1
chain A D1: A E1 D1
chain A D: A E1 D1
chain A D2: none
chain A F: none

scenario: of equally short chains it is the first in the order of the lists
A: C1 B1
B1: D1
C1: D1
chain A D1: A C1 D1

scenario: a chain begins at the nearest of several main modules
A: C1
B: D1
C1: D1
chain A B D1: B D1
chain A B B: B
chain A B C: A C1

scenario: a chain may lead over a version that is not selected
A: B1 C1
C1: B2
B1: D1
chain A D1: A B1 D1
)";

constexpr std::string_view kFailures = R"(
scenario: of two failures the nearer one is told
A: B1 C1
B1: D1
C1: unreadable
D1: unreadable
build A: unreadable C1

scenario: of two equally near failures the first is told
A: B1 C1
B1: unreadable
C1: unreadable
build A: unreadable B1

scenario: a chain needs nothing that lies behind its end
A: B1 C1
B1: D1
C1: E1
D1: unreadable
E1: unreadable
chain A D1: A B1 D1
chain A F1: unreadable D1
)";

TEST_CASE("the build list holds the greatest version that anything requires of each path") {
  run_scenarios(kSelection, {{"build", build}, {"reached", reached}});
}

TEST_CASE("cycles are no trouble") {
  run_scenarios(kCycles, {{"build", build}, {"reached", reached}, {"req", req}, {"chain", chain}});
}

TEST_CASE("minimal requirements are the least that selects the same") {
  run_scenarios(kMinimalRequirements, {{"req", req}});
}

TEST_CASE("a chain shows a shortest way to a module") { run_scenarios(kChains, {{"chain", chain}}); }

TEST_CASE("what cannot be read is told where it is needed") {
  run_scenarios(kFailures, {{"build", build}, {"chain", chain}});
}

const Scenario kDiamond{.name = "diamond",
                        .required = {{"A", {"B1", "C1"}}, {"B1", {"D1"}}, {"C1", {"D2", "B1"}}, {"D2", {"C1"}}}};

TEST_CASE("the requirements of a module are asked for once") {
  ToyRequirements requirements(kDiamond);
  const NodeId main = requirements.node("A");
  const auto selection = REQUIRE_OK(Selection::of(requirements, {&main, 1}));
  REQUIRE(selection.reached().size() == 5);
  for (const NodeId node : selection.reached()) {
    CAPTURE(requirements.name(node));
    CHECK(requirements.times_asked(node) == 1);
  }
}

TEST_CASE("a path that was not reached has no selected version") {
  ToyRequirements requirements(kDiamond);
  const NodeId main = requirements.node("A");
  const auto selection = REQUIRE_OK(Selection::of(requirements, {&main, 1}));
  CHECK(requirements.name(selection.selected(requirements.path("D"))) == "D2");
  CHECK(selection.selected(requirements.path("E")) == kNoNode);
  CHECK(Selection().selected(0) == kNoNode);
  CHECK(REQUIRE_OK(Selection::of(requirements, {})).reached().empty());
}

// Lets every single question of a piece of work fail, and counts them.
template <class Work>
std::size_t fail_each_question(const Work& work) {
  for (std::size_t n = 0;; ++n) {
    ToyRequirements requirements(kDiamond);
    const NodeId main = requirements.node("A");
    const auto selection = REQUIRE_OK(Selection::of(requirements, {&main, 1}));
    const auto before = requirements.questions();
    requirements.fail_at(before + n);
    const auto result = work(requirements, selection, main);
    if (requirements.questions() <= before + n) {
      REQUIRE_OK(result);
      return n;
    }
    INFO("question " << n);
    CHECK_ERROR(result, Code::kNotFound, "unreadable");
  }
}

TEST_CASE("whichever question fails, the failure is returned") {
  CHECK(fail_each_question(
            [](auto& requirements, const auto&, NodeId main) { return Selection::of(requirements, {&main, 1}); }) == 5);
  CHECK(fail_each_question([](auto& requirements, const auto& selection, NodeId main) {
          return minimal_requirements(requirements, selection, main, {});
        }) >= 5);
  CHECK(fail_each_question([](auto& requirements, const auto& selection, NodeId main) {
          const std::vector<PathId> base = {requirements.path("D")};
          return minimal_requirements(requirements, selection, main, base);
        }) >= 5);
  CHECK(fail_each_question([](auto& requirements, const auto&, NodeId main) {
          return find_chain(requirements, {&main, 1}, [](NodeId) { return false; });
        }) == 5);
}

// A chain of modules, as deep as wanted: node n requires node n + 1.
class DeepRequirements final : public Requirements {
 public:
  explicit DeepRequirements(NodeId depth) : depth_(depth) {}
  Result<std::span<const NodeId>> required(NodeId node) override {
    next_ = node + 1;
    return std::span<const NodeId>(&next_, next_ < depth_ ? 1 : 0);
  }
  NodeId max(PathId, NodeId a, NodeId) override { return a; }
  PathId path_of(NodeId node) override { return node; }

 private:
  NodeId depth_;
  NodeId next_ = 0;
};

TEST_CASE("a graph may be deeper than a stack") {
  constexpr NodeId kDepth = 300'000;
  DeepRequirements requirements(kDepth);
  const NodeId main = 0;
  const auto selection = REQUIRE_OK(Selection::of(requirements, {&main, 1}));
  CHECK(selection.build_list(requirements).size() == kDepth);
  CHECK(REQUIRE_OK(minimal_requirements(requirements, selection, main, {})) == std::vector<NodeId>{1});
  const auto chain = find_chain(requirements, {&main, 1}, [](NodeId node) { return node == kDepth - 1; });
  CHECK(REQUIRE_OK(chain).size() == kDepth);
}

}  // namespace
}  // namespace modtool::mvs
