#include "graph/svg_writer.hpp"

#include "graph/block.hpp"
#include "graph/label.hpp"
#include "graph/text_width.hpp"
#include "graph/view.hpp"
#include "tests/support/check.hpp"
#include "tests/unit/graph/example_graphs.hpp"
#include "tests/unit/graph/test_layout_child.hpp"
#include "tests/unit/graph/xml_parser.hpp"

using namespace modtool;
using namespace modtool::graph;
using test::layout_child;
using test::shop_graph;
using test::XmlElement;

namespace {

std::string draw(const Graph& graph) {
  const Cancellation cancellation;
  return REQUIRE_OK(draw_svg(graph, layout_child(), cancellation));
}

std::vector<XmlElement> elements(const std::string& svg, const std::string& name, const std::string& css_class = "") {
  std::vector<XmlElement> found;
  for (const auto& element : test::parse_xml(svg)) {
    const auto place = element.attributes.find("class");
    const std::string classes = place == element.attributes.end() ? "" : place->second;
    if (element.name == name && (css_class.empty() || (" " + classes + " ").contains(" " + css_class + " "))) {
      found.push_back(element);
    }
  }
  return found;
}

std::vector<std::string> tooltips(const std::string& svg) {
  std::vector<std::string> texts;
  for (const auto& element : elements(svg, "title")) {
    if (element.parent == "g") texts.push_back(element.text);
  }
  return texts;
}

// The box of the only module, as its element and the attributes that do not say where it is or in which colour.
std::string look_of_box(Node node) {
  const auto svg = draw({.nodes = {std::move(node)}, .edges = {}});
  std::string look;
  for (const auto& element : test::parse_xml(svg)) {
    if (element.parent != "a" || !element.attributes.contains("class") || element.attributes.at("class") != "b")
      continue;
    look += element.name;
    for (const auto* key : {"rx", "stroke-width", "stroke-dasharray"}) {
      look += element.attributes.contains(key) ? "|" + element.attributes.at(key) : "|";
    }
  }
  return look;
}

}  // namespace

TEST_CASE("a picture has every module with its description, and says what it shows") {
  const auto svg = draw(shop_graph());
  CHECK(elements(svg, "g", "n").size() == shop_graph().nodes.size());
  const auto texts = tooltips(svg);
  CHECK(std::ranges::count(texts, "golang.org/x/text@v0.20.0\nnot selected") == 1);
  CHECK(std::ranges::count(texts, "github.com/old/thing@v0.1.0\ndirect\n=> github.com/new/thing v1.2.0") == 1);
  CHECK(svg.contains("<title id=\"title\">Module graph of example.com/shop</title>"));
  CHECK(svg.contains(">19 modules, 20 requirements; an arrow leads from a module to one that it requires</desc>"));
}

TEST_CASE("a merged cycle lists its members in the picture") {
  const auto svg = draw(REQUIRE_OK(make_view(shop_graph(), {.selected = true, .reduce = true})));
  CHECK(svg.contains("1 cycle merged"));
  const auto texts = elements(svg, "text");
  for (const std::string member : {"otel", "otel/metric", "otel/trace"}) {
    CHECK(std::ranges::count(texts, "go.opentelemetry.io/" + member, &XmlElement::text) == 1);
  }
}

TEST_CASE("every requirement has an arrow; leaves required by the same modules share one") {
  const auto graph = test::graph_of("m a@v1\nm b@v1\na@v1 c@v1\na@v1 d@v1\na@v1 e@v1\na@v1 f@v1\nb@v1 g@v1");
  const auto svg = draw(graph);
  CHECK(elements(svg, "path", "e").size() == 4);
  CHECK(elements(svg, "rect", "frame").size() == 1);
  CHECK(elements(svg, "g", "n").size() == graph.nodes.size());
}

TEST_CASE("kinds can be told apart in a picture without colour") {
  const std::set<std::string> looks{
      look_of_box({.path = "a", .kind = NodeKind::kMain}),
      look_of_box({.path = "a", .version = "v1", .kind = NodeKind::kDirect}),
      look_of_box({.path = "a", .version = "v1", .kind = NodeKind::kIndirect}),
      look_of_box({.path = "a", .version = "v1", .kind = NodeKind::kLosing}),
      look_of_box({.path = "a", .version = "v1", .kind = NodeKind::kDirect, .replacement = {"b", "v2"}}),
      look_of_box({.path = "a", .members = {{.path = "a", .version = "v1"}, {.path = "b", .version = "v1"}}}),
  };
  CHECK(looks.size() == 6);
}

TEST_CASE("hostile names cannot break out of a picture") {
  const auto svg = draw(test::hostile_graph());
  for (const auto& element : test::parse_xml(svg)) {
    CHECK(std::set<std::string>{"svg", "title", "desc", "style", "defs", "marker", "path", "rect", "g", "a", "text"}
              .contains(element.name));
    for (const auto& [key, value] : element.attributes) CHECK_FALSE(key.starts_with("on"));
  }
  CHECK_FALSE(svg.contains("\xe2\x80\xae"));
}

TEST_CASE("a picture needs nothing from outside and runs nothing") {
  const auto svg = draw(shop_graph());
  std::size_t addresses = 0;
  for (std::size_t at = svg.find("http"); at != std::string::npos; at = svg.find("http", at + 1)) ++addresses;
  CHECK(addresses == 1);
  CHECK(svg.contains("xmlns=\"http://www.w3.org/2000/svg\""));
  for (const std::string word : {"<script", "@import", "<image", "<foreignObject", "@font-face", "url(http"}) {
    CHECK_FALSE(svg.contains(word));
  }
  for (const auto& link : elements(svg, "a")) CHECK(link.attributes.at("href").starts_with("#"));
}

TEST_CASE("the same graph gives the same picture") { CHECK(draw(shop_graph()) == draw(shop_graph())); }

TEST_CASE("an empty graph is an empty picture") { CHECK(elements(draw({}), "g", "n").empty()); }

TEST_CASE("a layout that takes too long names a smaller view") {
  const LayoutChild slow{.command = {"/bin/sh", "-c", "sleep 100"}, .time = std::chrono::milliseconds(100)};
  const Cancellation cancellation;
  const auto svg = draw_svg(shop_graph(), slow, cancellation);
  CHECK_ERROR(svg, Code::kLayoutTimeout, "took longer than 0.1 s");
  CHECK(to_command(svg.error().fix) == "modtool graph --format=svg --focus example.com/shop/tools --depth 1");
}

TEST_CASE("a path is split where its name begins") {
  struct Case {
    std::string path;
    std::string parent;
    std::string name;
  };
  for (const auto& [path, parent, name] : {
           Case{"github.com/spf13/cobra", "github.com/spf13/", "cobra"},
           Case{"github.com/jackc/pgx/v5", "github.com/jackc/", "pgx/v5"},
           Case{"gopkg.in/yaml.v3", "gopkg.in/", "yaml.v3"},
           Case{"example.com/v2", "", "example.com/v2"},
           Case{"go", "", "go"},
           Case{"/", "", "/"},
           Case{"k8s.io/vendor", "k8s.io/", "vendor"},
       }) {
    CAPTURE(path);
    CHECK(split_name(path).parent == parent);
    CHECK(split_name(path).name == name);
  }
}

TEST_CASE("text is as wide as Helvetica sets it, whatever bytes it holds") {
  CHECK(text_width("iii", 10, Weight::kNormal) == doctest::Approx(6.66));
  CHECK(text_width("WWW", 10, Weight::kBold) == doctest::Approx(28.32));
  CHECK(text_width("\u4e2d", 10, Weight::kNormal) == doctest::Approx(10));
}

TEST_CASE("a name of any length has a box of bounded width") {
  const auto box = make_box({.path = "example.com/" + std::string(100'000, 'x'), .version = "v1.0.0"});
  CHECK(box.size.width < 1200);
}
