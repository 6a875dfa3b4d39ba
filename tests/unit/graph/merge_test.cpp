#include "graph/merge.hpp"

#include "graph/view.hpp"
#include "tests/support/check.hpp"
#include "tests/unit/graph/graph_language.hpp"

using namespace modtool;
using namespace modtool::graph;
using test::edges_of;
using test::graph_of;

namespace {

Graph of_dialect(Graph graph, const std::string& dialect) {
  for (auto& node : graph.nodes) node.dialects = {dialect};
  return graph;
}

Graph merged(const std::string& go, const std::string& native) {
  return merge_graphs({of_dialect(graph_of(go), "go"), of_dialect(graph_of(native), "native")});
}

}  // namespace

TEST_CASE("merged graphs keep their nodes and edges in their order") {
  const auto graph = merged("m a@v1\na@v1 b@v1", "n c@v1");
  CHECK(graph.nodes.size() == 5);
  CHECK(edges_of(graph) == "m a@v1,a@v1 b@v1,n c@v1");
  CHECK(start_nodes(graph).size() == 2);
}

TEST_CASE("nodes of one id are one node, of the first of their kinds and of both dialects") {
  const auto graph = merged("m a@v1\na@v1 b@v1", "m b@v1");
  CHECK(edges_of(graph) == "m a@v1,a@v1 b@v1,m b@v1");
  CHECK(graph.nodes[0].dialects == std::vector<std::string>{"go", "native"});
  CHECK(graph.nodes[1].dialects == std::vector<std::string>{"go"});
  CHECK(graph.nodes[2].kind == NodeKind::kDirect);
}

TEST_CASE("a replacement that only one of the graphs knows is kept") {
  auto native = graph_of("m a@v1");
  native.nodes[1].replacement = {"../a", ""};
  CHECK(merge_graphs({graph_of("m a@v1"), native}).nodes[1].replacement.path == "../a");
}

TEST_CASE("each dialect selects among its own modules") {
  const auto graph = merged("m a@v1\nm b@v1\nb@v1 a@v2", "n a@v3\nn c@v1\nc@v1 a@v4");
  const auto shown = make_view(graph, {.selected = true});
  REQUIRE_OK(shown);
  CHECK(edges_of(*shown) == "m a@v2,m b@v1,b@v1 a@v2,n a@v4,n c@v1,c@v1 a@v4");
}
