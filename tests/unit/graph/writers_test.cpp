#include <chrono>
#include <nlohmann/json.hpp>

#include "graph/dot_writer.hpp"
#include "graph/escape.hpp"
#include "graph/json_writer.hpp"
#include "graph/text_writer.hpp"
#include "graph/tree_writer.hpp"
#include "graph/view.hpp"
#include "tests/support/check.hpp"
#include "tests/unit/graph/dot_parser.hpp"
#include "tests/unit/graph/example_graphs.hpp"
#include "tests/unit/graph/golden.hpp"

using namespace modtool;
using namespace modtool::graph;
using test::check_golden;
using test::shop_graph;

namespace {

using EdgeNames = std::set<std::pair<std::string, std::string>>;

EdgeNames text_edges(const Graph& graph) {
  EdgeNames edges;
  const auto text = format_text(graph);
  for (const auto line : split_lines(text)) {
    const auto fields = split_fields(line);
    if (fields.size() == 2) edges.emplace(fields[0], fields[1]);
  }
  return edges;
}

EdgeNames json_edges(const Graph& graph) {
  EdgeNames edges;
  const auto json = nlohmann::json::parse(format_json(graph));
  for (const auto& edge : json["edges"]) edges.emplace(edge["from"], edge["to"]);
  return edges;
}

EdgeNames dot_edges(const Graph& graph) {
  const auto parsed = test::parse_dot(format_dot(graph));
  return {parsed.edges.begin(), parsed.edges.end()};
}

Graph view_of(const Graph& graph, const ViewOptions& options) { return REQUIRE_OK(make_view(graph, options)); }

const ViewOptions kPicture{.selected = true, .reduce = true};

}  // namespace

TEST_CASE("a tree ends at its depth, and opens what it meets again further up") {
  const auto graph = test::graph_of("m a@v1\nm c@v1\na@v1 b@v1\nb@v1 c@v1\nc@v1 d@v1");
  const auto tree = [&](std::optional<unsigned> depth) { return format_tree(graph, TreeStyle::kAscii, depth); };
  CHECK(tree(1) == "m\n|-- a@v1\n`-- c@v1\nb@v1\n`-- c@v1\nd@v1\n");
  CHECK(tree(2) == "m\n|-- a@v1\n|   `-- b@v1\n`-- c@v1\n    `-- d@v1\n");
  CHECK(tree(3) == "m\n|-- a@v1\n|   `-- b@v1\n|       `-- c@v1\n`-- c@v1\n    `-- d@v1\n");
  CHECK(tree(std::nullopt) == "m\n|-- a@v1\n|   `-- b@v1\n|       `-- c@v1\n|           `-- d@v1\n`-- c@v1 (*)\n");
}

TEST_CASE("text is the lines of go mod graph, in the order of the graph and repeated where it repeats") {
  const std::string lines = "m b@v1\nm a@v2\nm b@v1\na@v2 b@v1\n";
  CHECK(format_text(test::graph_of(lines)) == lines);
  CHECK(format_text(Graph{}).empty());
}

TEST_CASE("the writers write what they wrote before") {
  check_golden("shop.txt", format_text(shop_graph()));
  check_golden("shop-picture.txt", format_text(view_of(shop_graph(), kPicture)));
  check_golden("shop.json", format_json(shop_graph()));
  check_golden("shop-picture.json", format_json(view_of(shop_graph(), kPicture)));
  check_golden("shop-reverse.json",
               format_json(view_of(shop_graph(), {.reverse = true, .focus = {"golang.org/x/text"}})));
  check_golden("shop.dot", format_dot(shop_graph()));
  check_golden("shop-picture.dot", format_dot(view_of(shop_graph(), kPicture)));
  check_golden("hostile.dot", format_dot(test::hostile_graph()));
  check_golden("shop.tree", format_tree(shop_graph()));
  check_golden("shop-ascii.tree", format_tree(shop_graph(), TreeStyle::kAscii));
  check_golden("shop-picture.tree", format_tree(view_of(shop_graph(), kPicture)));
  check_golden("shop-reverse.tree", format_tree(view_of(shop_graph(), {.reverse = true, .focus = {"*/logr"}})));
}

TEST_CASE("text, JSON and DOT hold the same edges under the same filters") {
  const std::vector<ViewOptions> views{
      {},
      {.selected = true},
      {.reduce = true},
      {.selected = true, .reduce = true},
      {.reverse = true},
      {.depth = 2},
      {.selected = true, .reduce = true, .reverse = true, .depth = 1},
  };
  std::vector<Graph> graphs{shop_graph()};
  for (unsigned seed = 0; seed < 20; ++seed) graphs.push_back(test::random_graph(seed, 15, 10 + seed * 3));
  for (const auto& graph : graphs) {
    for (const auto& options : views) {
      const auto view = view_of(graph, options);
      CHECK(json_edges(view) == text_edges(view));
      CHECK(dot_edges(view) == text_edges(view));
    }
  }
}

TEST_CASE("DOT and JSON hold every node, those without edges too") {
  Graph graph = shop_graph();
  graph.nodes.push_back({.path = "alone", .version = "v1.0.0"});
  const auto dot = test::parse_dot(format_dot(graph));
  const auto json = nlohmann::json::parse(format_json(graph));
  CHECK(dot.name == "example.com/shop");
  CHECK(json["schema"] == kJsonSchema);
  std::set<std::string> json_ids;
  for (const auto& node : json["nodes"]) json_ids.insert(node["id"]);
  std::set<std::string> dot_ids;
  for (const auto& [id, attributes] : dot.nodes) dot_ids.insert(id);
  CHECK(json_ids == test::ids_of(graph));
  CHECK(dot_ids == test::ids_of(graph));
}

TEST_CASE("kinds can be told apart in DOT without colour") {
  std::map<std::string, std::string> looks;
  const auto remember = [&](const Graph& graph, const std::string& name, const std::string& id) {
    const auto dot = test::parse_dot(format_dot(graph));
    const auto& attributes = dot.nodes.at(id);
    const auto get = [&](const std::string& key) { return attributes.contains(key) ? attributes.at(key) : ""; };
    looks[get("style") + "|" + get("penwidth") + "|" + get("shape") + "|" + get("peripheries")] = name;
  };
  const auto picture = view_of(shop_graph(), kPicture);
  remember(picture, "main", "example.com/shop");
  remember(picture, "direct", "github.com/jackc/pgx/v5@v5.7.2");
  remember(picture, "indirect", "github.com/spf13/pflag@v1.0.9");
  remember(picture, "replaced", "github.com/old/thing@v0.1.0");
  remember(picture, "cycle",
           "go.opentelemetry.io/otel@v1.46.0,go.opentelemetry.io/otel/metric@v1.46.0,go.opentelemetry.io/otel/"
           "trace@v1.46.0");
  remember(shop_graph(), "losing", "golang.org/x/text@v0.20.0");
  CHECK(looks.size() == 6);
}

TEST_CASE("what replaces a module is in JSON, DOT and the tree") {
  const auto json = nlohmann::json::parse(format_json(shop_graph()));
  int replaced = 0;
  for (const auto& node : json["nodes"]) {
    if (!node.contains("replace")) continue;
    ++replaced;
    if (node["path"] == "github.com/old/thing") {
      CHECK(node["replace"] == nlohmann::json{{"path", "github.com/new/thing"}, {"version", "v1.2.0"}});
    } else {
      CHECK(node["replace"] == nlohmann::json{{"path", "./tools"}});
    }
  }
  CHECK(replaced == 2);
  CHECK(format_dot(shop_graph()).contains("=> github.com/new/thing v1.2.0"));
  CHECK(format_tree(shop_graph()).contains("github.com/old/thing@v0.1.0 => github.com/new/thing v1.2.0"));
}

TEST_CASE("hostile names stay names in DOT") {
  const auto graph = test::hostile_graph();
  const auto dot = test::parse_dot(format_dot(graph));
  CHECK(dot.nodes.size() == graph.nodes.size());
  CHECK(dot.edges.size() == graph.edges.size());
  for (const auto& [id, attributes] : dot.nodes) CHECK(attributes.size() >= 7);
}

TEST_CASE("hostile names come back from JSON, which is plain ASCII on a terminal") {
  const auto graph = test::hostile_graph();
  const auto text = format_json(graph);
  CHECK(std::ranges::all_of(text, [](char c) { return (c >= ' ' && c <= '~') || c == '\n'; }));
  const auto json = nlohmann::json::parse(text);
  std::set<std::string> paths;
  for (const auto& node : json["nodes"]) {
    if (node.contains("path")) paths.insert(node["path"]);
  }
  for (const auto& name : test::hostile_names()) {
    if (!name.contains('\xff')) CHECK(paths.contains(name));
  }
}

TEST_CASE("hostile names stay on their line in a tree") {
  const auto text = format_tree(test::hostile_graph());
  CHECK(split_lines(text).size() == test::hostile_graph().nodes.size());
  CHECK_FALSE(text.contains('\x1b'));
  CHECK_FALSE(text.contains("\xe2\x80\xae"));
}

TEST_CASE("names are made visible so that different names look different") {
  struct Case {
    std::string text;
    std::string shown;
  };
  for (const auto& [text, shown] : {
           Case{"github.com/spf13/cobra", "github.com/spf13/cobra"},
           Case{"größe", "größe"},
           Case{"a\nb", "a\\nb"},
           Case{"a\\nb", "a\\\\nb"},
           Case{"a\"b", "a\"b"},
           Case{"\\\"", "\\\\\""},
           Case{"\xe2\x80\xae", "\\u202e"},
           Case{"\xff", "\\xff"},
       }) {
    CHECK(visible(text) == shown);
  }
  CHECK(xml_text("<a b=\"c\" d='e'>&") == "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
}

TEST_CASE("a tree shows what a module requires once, and modules that nothing leads to at the end") {
  struct Case {
    std::string name;
    std::string graph;
    std::string tree;
  };
  for (const auto& [name, text, tree] : {
           Case{"repeats", "m a@v1\nm b@v1\na@v1 c@v1\nb@v1 a@v1\nb@v1 c@v1",
                "m\n├── a@v1\n│   └── c@v1\n└── b@v1\n    ├── a@v1 (*)\n    └── c@v1\n"},
           Case{"cycles end", "m a@v1\na@v1 b@v1\nb@v1 a@v1", "m\n└── a@v1\n    └── b@v1\n        └── a@v1 (*)\n"},
           Case{"unreachable", "m\nx@v1 y@v1\nz@v1 z@v1", "m\nx@v1\n└── y@v1\nz@v1\n└── z@v1 (*)\n"},
           Case{"losing versions", "m a@v1\nm a@v2", "m\n├── a@v1 (not selected)\n└── a@v2\n"},
       }) {
    CAPTURE(name);
    CHECK(format_tree(test::graph_of(text)) == tree);
  }
}

TEST_CASE("5,000 modules are filtered and written in seconds") {
  auto graph = test::random_graph(3, 5000, 20'000);
  for (NodeIndex i = 0; i < 5000; ++i) graph.edges.push_back({i, i + 1});
  const auto start = std::chrono::steady_clock::now();
  CHECK(text_edges(graph).size() > 20'000);
  CHECK(json_edges(graph).size() > 20'000);
  CHECK(dot_edges(graph).size() > 20'000);
  CHECK(split_lines(format_tree(graph)).size() > 20'000);
  CHECK(format_tree(view_of(graph, kPicture)).size() > 1000);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
}
