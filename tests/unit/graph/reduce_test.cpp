#include "graph/reduce.hpp"

#include <chrono>

#include "graph/adjacency.hpp"
#include "graph/view.hpp"
#include "tests/support/check.hpp"
#include "tests/unit/graph/graph_language.hpp"

using namespace modtool;
using namespace modtool::graph;
using test::edges_of;
using test::graph_of;

namespace {

// The pairs of members (of cycles: each of them) of which the first reaches the second.
std::set<std::pair<std::string, std::string>> reachability(const Graph& graph) {
  const auto names = [&](NodeIndex i) {
    const auto& node = graph.nodes[i];
    std::vector<std::string> ids;
    for (const auto& member : node.members) ids.push_back(node_id(member));
    return ids.empty() ? std::vector{node_id(node)} : ids;
  };
  std::set<std::pair<std::string, std::string>> pairs;
  for (NodeIndex from = 0; from < graph.nodes.size(); ++from) {
    const auto reached = reachable(Adjacency(graph), std::vector{from});
    for (NodeIndex to = 0; to < graph.nodes.size(); ++to) {
      if (!reached[to]) continue;
      for (const auto& a : names(from)) {
        for (const auto& b : names(to)) pairs.emplace(a, b);
      }
    }
  }
  return pairs;
}

Graph without_edge(Graph graph, std::size_t index) {
  graph.edges.erase(graph.edges.begin() + static_cast<std::ptrdiff_t>(index));
  return graph;
}

// Layers of modules of which each requires some of the layers below: many edges that longer paths imply.
Graph layered_graph(NodeIndex layers, NodeIndex width, unsigned edges_each) {
  auto graph = test::random_graph(1, layers * width, 0);
  std::mt19937 random(2);
  for (NodeIndex node = 0; node <= layers * width; ++node) {
    for (unsigned i = 0; i < edges_each; ++i) {
      const NodeIndex to = node + 1 + random() % (3 * width);
      if (to <= layers * width) graph.edges.push_back({node, to});
    }
  }
  return graph;
}

}  // namespace

TEST_CASE("a cycle becomes one node that lists its members") {
  const auto graph = reduce(graph_of("m b@v1\nb@v1 a@v1\na@v1 b@v1\na@v1 c@v1\nb@v1 c@v1"));
  CHECK(edges_of(graph) == "m a@v1,b@v1,a@v1,b@v1 c@v1");
  REQUIRE(graph.nodes.size() == 3);
  CHECK(graph.nodes[1].members.size() == 2);
  CHECK(graph.nodes[1].kind == NodeKind::kDirect);
}

TEST_CASE("a cycle through the main module is a main module") {
  const auto graph = reduce(graph_of("m a@v1\na@v1 m\na@v1 b@v1"));
  CHECK(edges_of(graph) == "m,a@v1 b@v1");
  CHECK(graph.nodes[0].kind == NodeKind::kMain);
}

TEST_CASE("what a main module requires directly is drawn, whatever implies it, either way round") {
  const auto graph = graph_of("m a@v1\nm b@v1\na@v1 b@v1\nb@v1 c@v1\na@v1 c@v1");
  const auto reduced = reduce(graph);
  CHECK(edges_of(reduced) == "m a@v1,m b@v1,a@v1 b@v1,b@v1 c@v1");
  CHECK(reduced.implied == 1);
  const auto turned = reduce(reverse(graph));
  CHECK(edges_of(turned) == "a@v1 m,b@v1 m,b@v1 a@v1,c@v1 b@v1");
  CHECK(turned.implied == 1);
  auto indirect = graph;
  indirect.nodes[2].kind = NodeKind::kIndirect;
  CHECK(edges_of(reduce(indirect)) == "m a@v1,a@v1 b@v1,b@v1 c@v1");
}

TEST_CASE("two starts in one cycle are one start of what they become") {
  auto graph = graph_of("m a@v1\na@v1 b@v1\nb@v1 a@v1\nb@v1 c@v1");
  graph.roots = {1, 2, 3};
  const auto merged = merge_cycles(graph);
  CHECK(merged.roots == std::vector<NodeIndex>{1, 2});
}

TEST_CASE("reducing keeps who reaches whom and no edge too many") {
  for (unsigned seed = 0; seed < 150; ++seed) {
    CAPTURE(seed);
    const auto graph = test::random_graph(seed, 3 + seed % 20, seed % 70);
    const auto reduced = reduce(graph);
    const auto reach = reachability(graph);
    CHECK(reachability(reduced) == reach);
    for (std::size_t i = 0; i < reduced.edges.size(); ++i) {
      const auto& [from, to] = reduced.edges[i];
      const bool is_direct = reduced.nodes[from].kind == NodeKind::kMain && reduced.nodes[to].kind == NodeKind::kDirect;
      if (!is_direct) CHECK(reachability(without_edge(reduced, i)) != reach);
    }
    CHECK(edges_of(reduce(reduced)) == edges_of(reduced));
    CHECK(reduced.implied == merge_cycles(graph).edges.size() - reduced.edges.size());
  }
}

TEST_CASE("graphs wider than a block of bits are reduced rightly") {
  const auto graph = layered_graph(20, 10, 4);
  const auto reduced = reduce(graph);
  CHECK(reduced.edges.size() < graph.edges.size());
  CHECK(reachability(reduced) == reachability(graph));
}

TEST_CASE("a chain of 100,000 modules is no deeper than the stack") {
  auto graph = test::random_graph(1, 100'000, 0);
  for (NodeIndex i = 0; i < 100'000; ++i) graph.edges.push_back({i, i + 1});
  graph.edges.push_back({0, 100'000});
  CHECK(reduce(graph).edges.size() == 100'000);
}

TEST_CASE("40,000 modules with 120,000 edges are reduced in seconds") {
  const auto graph = layered_graph(400, 100, 3);
  const auto start = std::chrono::steady_clock::now();
  CHECK(reduce(graph).nodes.size() == 40'001);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
}
