#include "graph/view.hpp"

#include "graph/adjacency.hpp"
#include "tests/support/check.hpp"
#include "tests/unit/graph/graph_language.hpp"

using namespace modtool;
using namespace modtool::graph;
using test::edges_of;
using test::graph_of;
using test::ids_of;

TEST_CASE("filters keep the modules they are for and the edges between them") {
  struct Case {
    std::string name;
    std::string graph;
    ViewOptions options;
    std::string edges;
  };
  const std::string diamond = "m a@v1\nm b@v1\na@v1 c@v1\nb@v1 c@v2\nc@v1 d@v1\nc@v2 e@v1";
  const std::string chain = "m a@v1\na@v1 b@v1\nb@v1 c@v1\nm c@v1\nm x@v1\nx@v1 y@v1";
  for (const auto& [name, text, options, edges] : {
           Case{"no filter leaves everything, repeated lines too", "m a@v1\nm a@v1", {}, "m a@v1,m a@v1"},
           Case{"an edge to a losing version leads to the selected one",
                diamond,
                {.selected = true},
                "m a@v1,m b@v1,a@v1 c@v2,b@v1 c@v2,c@v2 e@v1"},
           Case{"edges that become equal are merged", "m a@v1\nm a@v2\na@v2 m@v1", {.selected = true}, "m a@v2,a@v2 m"},
           Case{"an edge from a module to an older self is dropped", "m a@v2\na@v2 a@v1", {.selected = true}, "m a@v2"},
           Case{"focus keeps what a module needs and what needs it",
                chain,
                {.focus = {"b"}},
                "m a@v1,a@v1 b@v1,b@v1 c@v1,m c@v1"},
           Case{"a reversed focus keeps what needs the module, turned around",
                chain,
                {.reverse = true, .focus = {"b"}},
                "a@v1 m,b@v1 a@v1"},
           Case{"reverse turns every edge around", "m a@v1\na@v1 b@v1", {.reverse = true}, "a@v1 m,b@v1 a@v1"},
           Case{"depth counts from the main module", chain, {.depth = 1}, "m a@v1,m c@v1,m x@v1"},
           Case{"depth 0 is the main module alone", chain, {.depth = 0}, ""},
           Case{"depth counts from the focus, both ways", chain, {.focus = {"b"}, .depth = 1}, "a@v1 b@v1,b@v1 c@v1"},
           Case{"depth counts the edges that there are, reduced or not",
                chain,
                {.reduce = true, .depth = 1},
                "m a@v1,m c@v1,m x@v1"},
           Case{"from keeps what a module reaches", chain, {.from = {"a"}}, "a@v1 b@v1,b@v1 c@v1"},
           Case{"to keeps what reaches a module", chain, {.to = {"y"}}, "m x@v1,x@v1 y@v1"},
           Case{"from and to keep the paths between", chain, {.from = {"a"}, .to = {"b"}}, "a@v1 b@v1"},
           Case{"prune takes away what only the module brings in",
                chain,
                {.prune = {"x"}},
                "m a@v1,a@v1 b@v1,b@v1 c@v1,m c@v1"},
           Case{"prune leaves what others need too", chain, {.prune = {"b"}}, "m a@v1,m c@v1,m x@v1,x@v1 y@v1"},
           Case{"prune takes globs", chain, {.prune = {"x", "a*"}}, "m c@v1"},
           Case{"reduce leaves out what a longer path says",
                chain + "\na@v1 c@v1",
                {.reduce = true},
                "m a@v1,a@v1 b@v1,b@v1 c@v1,m c@v1,m x@v1,x@v1 y@v1"},
       }) {
    CAPTURE(name);
    CHECK(edges_of(REQUIRE_OK(make_view(graph_of(text), options))) == edges);
  }
}

TEST_CASE("tools are no modules") {
  auto graph = graph_of("m a@v1\nm go@1.22\na@v1 go@1.20\na@v1 b@v1");
  for (auto& node : graph.nodes) node.is_tool = node.path == "go";
  CHECK(edges_of(REQUIRE_OK(make_view(graph, {.modules_only = true}))) == "m a@v1,a@v1 b@v1");
  CHECK(REQUIRE_OK(make_view(graph, {})).nodes.size() == 5);
}

TEST_CASE("a selected module that only losing versions require stays without edges") {
  const auto view = REQUIRE_OK(make_view(graph_of("m a@v1\nm a@v2\na@v1 b@v1"), {.selected = true}));
  CHECK(ids_of(view) == std::set<std::string>{"m", "a@v2", "b@v1"});
  CHECK(edges_of(view) == "m a@v2");
}

TEST_CASE("prune leaves modules alone that the main module did not reach before") {
  const auto view =
      REQUIRE_OK(make_view(graph_of("m a@v1\nm a@v2\na@v1 b@v1\nm x@v1"), {.selected = true, .prune = {"x"}}));
  CHECK(ids_of(view) == std::set<std::string>{"m", "a@v2", "b@v1"});
}

TEST_CASE("several main modules are all of them starts") {
  const auto graph = graph_of("m a@v1\nn b@v1\nb@v1 c@v1");
  CHECK(edges_of(REQUIRE_OK(make_view(graph, {.depth = 1}))) == "m a@v1,n b@v1");
}

TEST_CASE("filters that cannot be followed are errors") {
  const auto graph = graph_of("m a@v1\na@v1 b@v1\nm c@v1\nm c@v2");
  CHECK_ERROR(make_view(graph, {.focus = {"d"}}), Code::kNoSuchNode, "--focus");
  CHECK_ERROR(make_view(graph, {.from = {"d"}}), Code::kNoSuchNode, "--from");
  CHECK_ERROR(make_view(graph, {.to = {"d"}}), Code::kNoSuchNode, "--to");
  CHECK_ERROR(make_view(graph, {.prune = {"d"}}), Code::kNoSuchNode, "--prune");
  CHECK_ERROR(make_view(graph, {.from = {"b"}, .to = {"a"}}), Code::kNoSuchNode, "no path of requirements");
  CHECK_ERROR(make_view(graph, {.prune = {"m"}}), Code::kUsage, "main module");
  CHECK_ERROR(make_view(graph, {.selected = true, .focus = {"c@v1"}}), Code::kNoSuchNode, "it holds c at v2");
}

namespace {

std::set<std::string> names(const Graph& graph, const NodeSet& set) {
  std::set<std::string> result;
  for (NodeIndex i = 0; i < set.size(); ++i) {
    if (set[i]) result.insert(node_id(graph.nodes[i]));
  }
  return result;
}

// Who reaches whom, by following edges until nothing changes.
std::vector<NodeSet> brute_force_reach(const Graph& graph) {
  std::vector<NodeSet> reach(graph.nodes.size(), NodeSet(graph.nodes.size()));
  for (NodeIndex i = 0; i < reach.size(); ++i) reach[i][i] = true;
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [from, to] : graph.edges) {
      for (NodeIndex i = 0; i < reach.size(); ++i) {
        if (!reach[to][i] || reach[from][i]) continue;
        reach[from][i] = changed = true;
      }
    }
  }
  return reach;
}

}  // namespace

TEST_CASE("on random graphs focus, paths between and prune are what brute force says") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    const auto graph = test::random_graph(seed, 12, 5 + seed % 30);
    const auto reach = brute_force_reach(graph);
    const NodeIndex a = 1 + seed % 12;
    const NodeIndex b = 1 + (seed * 7) % 12;
    NodeSet focus(graph.nodes.size());
    NodeSet path(graph.nodes.size());
    for (NodeIndex i = 0; i < graph.nodes.size(); ++i) {
      focus[i] = reach[a][i] || reach[i][a];
      path[i] = reach[a][i] && reach[i][b];
    }
    CHECK(ids_of(REQUIRE_OK(make_view(graph, {.focus = {graph.nodes[a].path}}))) == names(graph, focus));

    const auto on_paths = make_view(graph, {.from = {graph.nodes[a].path}, .to = {graph.nodes[b].path}});
    if (reach[a][b]) {
      CHECK(ids_of(REQUIRE_OK(std::move(on_paths))) == names(graph, path));
    } else {
      CHECK_ERROR(on_paths, Code::kNoSuchNode, "no path");
    }

    NodeSet others(graph.nodes.size(), true);
    others[a] = false;
    const auto rest = keep_nodes(graph, others);
    const auto rest_reach = brute_force_reach(rest);
    std::set<std::string> expected;
    for (NodeIndex i = 0; i < rest.nodes.size(); ++i) {
      const NodeIndex before = i < a ? i : i + 1;
      bool kept = rest_reach[0][i];
      for (NodeIndex j = 0; j < rest.nodes.size(); ++j)
        kept = kept || (!reach[0][j < a ? j : j + 1] && rest_reach[j][i]);
      if (kept || !reach[0][before]) expected.insert(node_id(rest.nodes[i]));
    }
    CHECK(ids_of(REQUIRE_OK(make_view(graph, {.prune = {graph.nodes[a].path}}))) == expected);
  }
}
