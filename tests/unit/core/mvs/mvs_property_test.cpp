// Minimal version selection on random graphs, against the plainest way to work it out.
#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>

#include "core/mvs/mvs.hpp"
#include "tests/support/check.hpp"

namespace modtool::mvs {
namespace {

constexpr PathId kPaths = 7;
constexpr NodeId kVersions = 3;
constexpr NodeId kMain = 0;  // the least version of path 0, and yet the one that counts, as with the go command

// Node n is version n % kVersions of path n / kVersions.
class RandomRequirements final : public Requirements {
 public:
  explicit RandomRequirements(unsigned seed) : random_(seed), required_(kPaths * kVersions) {
    const std::size_t density = 1 + below(4);
    for (auto& list : required_) {
      while (below(5) < density) list.push_back(any_node());
    }
    while (required_[kMain].size() < 2) required_[kMain].push_back(any_node());
  }

  const std::vector<NodeId>& of(NodeId node) const { return required_[node]; }
  void require_of_main(std::vector<NodeId> nodes) { required_[kMain] = std::move(nodes); }
  void shuffle() {
    for (auto& list : required_) std::ranges::shuffle(list, random_);
  }
  std::size_t below(std::size_t n) { return random_() % n; }
  NodeId any_node() { return static_cast<NodeId>(below(kPaths * kVersions)); }

  Result<std::span<const NodeId>> required(NodeId node) override { return std::span<const NodeId>(required_[node]); }
  NodeId max(PathId, NodeId a, NodeId b) override {
    if (a == kMain || b == kMain) return kMain;
    return std::max(a, b);
  }
  PathId path_of(NodeId node) override { return node / kVersions; }

 private:
  std::mt19937 random_;
  std::vector<std::vector<NodeId>> required_;  // by node
};

// Everything that is required by anything required.
std::set<NodeId> brute_reached(const RandomRequirements& requirements) {
  std::set<NodeId> reached = {kMain};
  for (std::size_t before = 0; before != reached.size();) {
    before = reached.size();
    for (const NodeId node : std::set(reached)) {
      const auto& required = requirements.of(node);
      reached.insert(required.begin(), required.end());
    }
  }
  return reached;
}

// The newest of each path, sorted.
std::set<NodeId> brute_selected(const RandomRequirements& requirements) {
  std::map<PathId, NodeId> newest;
  for (const NodeId node : brute_reached(requirements)) newest[node / kVersions] = node;  // in ascending order
  newest[kMain / kVersions] = kMain;
  std::set<NodeId> selected;
  for (const auto& [path, node] : newest) selected.insert(node);
  return selected;
}

Selection select(RandomRequirements& requirements) {
  const NodeId main = kMain;
  return REQUIRE_OK(Selection::of(requirements, {&main, 1}));
}

template <class Nodes>
std::set<NodeId> set_of(const Nodes& nodes) {
  return {nodes.begin(), nodes.end()};
}

TEST_CASE("the build list is what the plainest way gives") {
  std::size_t raised = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    RandomRequirements requirements(seed);
    INFO("seed " << seed);
    const auto selection = select(requirements);
    const auto list = selection.build_list(requirements);
    REQUIRE(set_of(selection.reached()) == brute_reached(requirements));
    REQUIRE(set_of(list) == brute_selected(requirements));
    REQUIRE(list.size() == brute_selected(requirements).size());  // each path once
    for (const NodeId node : list) REQUIRE(selection.selected(node / kVersions) == node);
    raised += selection.reached().size() - list.size();
  }
  CHECK(raised > 3000);  // otherwise the graphs are too plain to show anything
}

TEST_CASE("the order of requirements never matters") {
  for (unsigned seed = 0; seed < 500; ++seed) {
    RandomRequirements requirements(seed);
    INFO("seed " << seed);
    const auto before = set_of(select(requirements).build_list(requirements));
    requirements.shuffle();
    REQUIRE(set_of(select(requirements).build_list(requirements)) == before);
  }
}

// The size of the smallest set of selected nodes, all of `base` in it, that selects the same.
std::size_t brute_minimal_size(RandomRequirements requirements, const std::set<NodeId>& base) {
  const auto wanted = brute_selected(requirements);
  std::vector<NodeId> candidates(wanted.begin(), wanted.end());
  std::erase(candidates, kMain);
  std::size_t smallest = candidates.size();
  for (unsigned chosen = 0; chosen < 1U << candidates.size(); ++chosen) {
    std::vector<NodeId> list;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if ((chosen >> i & 1) != 0) list.push_back(candidates[i]);
    }
    const auto size = list.size();
    if (size >= smallest || !std::ranges::includes(list, base)) continue;
    requirements.require_of_main(std::move(list));
    if (brute_selected(requirements) == wanted) smallest = size;
  }
  return smallest;
}

TEST_CASE("minimal requirements select the same, hold their base, and no shorter list does") {
  std::size_t saved = 0;
  for (unsigned seed = 0; seed < 800; ++seed) {
    RandomRequirements requirements(seed);
    INFO("seed " << seed);
    const auto selection = select(requirements);
    const auto wanted = brute_selected(requirements);
    std::vector<PathId> base;
    std::set<NodeId> base_nodes;
    for (PathId path = 1; path < kPaths; ++path) {
      if (requirements.below(4) != 0) continue;
      base.push_back(path);
      if (selection.selected(path) != kNoNode) base_nodes.insert(selection.selected(path));
    }
    const auto minimal = REQUIRE_OK(minimal_requirements(requirements, selection, kMain, base));
    CHECK(set_of(minimal).size() == minimal.size());
    CHECK(std::ranges::includes(set_of(minimal), base_nodes));
    CHECK(std::ranges::includes(wanted, set_of(minimal)));
    CHECK(minimal.size() == brute_minimal_size(requirements, base_nodes));
    saved += wanted.size() - 1 - minimal.size();
    requirements.require_of_main(minimal);
    CHECK(brute_selected(requirements) == wanted);
  }
  CHECK(saved > 800);
}

// How many steps from the main module to a node; nothing where there is no way.
std::optional<std::size_t> brute_distance(const RandomRequirements& requirements, NodeId wanted) {
  std::set<NodeId> reached = {kMain};
  for (std::size_t steps = 0; steps <= kPaths * kVersions; ++steps) {
    if (reached.contains(wanted)) return steps;
    for (const NodeId node : std::set(reached)) {
      const auto& required = requirements.of(node);
      reached.insert(required.begin(), required.end());
    }
  }
  return std::nullopt;
}

TEST_CASE("a chain is a way through the graph, and none is shorter") {
  std::size_t found = 0;
  for (unsigned seed = 0; seed < 1000; ++seed) {
    RandomRequirements requirements(seed);
    const NodeId wanted = requirements.any_node();
    INFO("seed " << seed << ", to " << wanted);
    const NodeId main = kMain;
    const auto chain = REQUIRE_OK(find_chain(requirements, {&main, 1}, [&](NodeId node) { return node == wanted; }));
    const auto distance = brute_distance(requirements, wanted);
    REQUIRE(chain.size() == (distance ? *distance + 1 : 0));
    if (chain.empty()) continue;
    ++found;
    CHECK(chain.front() == kMain);
    CHECK(chain.back() == wanted);
    for (std::size_t i = 1; i < chain.size(); ++i) {
      const auto& required = requirements.of(chain[i - 1]);
      CHECK(std::ranges::find(required, chain[i]) != required.end());
    }
  }
  CHECK(found > 300);
  CHECK(found < 950);
}

}  // namespace
}  // namespace modtool::mvs
