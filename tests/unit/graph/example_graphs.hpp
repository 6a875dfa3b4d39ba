// A small project that has everything a picture can show, and hostile names.
#pragma once

#include "tests/unit/graph/graph_language.hpp"

namespace modtool::test {

inline Graph shop_graph() {
  Graph graph = graph_of(R"(example.com/shop github.com/spf13/cobra@v1.10.2
example.com/shop github.com/jackc/pgx/v5@v5.7.2
example.com/shop go.opentelemetry.io/otel@v1.46.0
example.com/shop golang.org/x/text@v0.30.0
example.com/shop github.com/old/thing@v0.1.0
example.com/shop example.com/shop/tools@v0.0.0
example.com/shop go@1.26.6
github.com/spf13/cobra@v1.10.2 github.com/spf13/pflag@v1.0.9
github.com/spf13/cobra@v1.10.2 github.com/cpuguy83/go-md2man/v2@v2.0.6
github.com/spf13/cobra@v1.10.2 github.com/inconshreveable/mousetrap@v1.1.0
github.com/spf13/cobra@v1.10.2 go.yaml.in/yaml/v3@v3.0.4
github.com/spf13/cobra@v1.10.2 golang.org/x/text@v0.20.0
github.com/jackc/pgx/v5@v5.7.2 golang.org/x/text@v0.21.0
github.com/jackc/pgx/v5@v5.7.2 github.com/jackc/puddle/v2@v2.2.2
go.opentelemetry.io/otel@v1.46.0 go.opentelemetry.io/otel/metric@v1.46.0
go.opentelemetry.io/otel@v1.46.0 go.opentelemetry.io/otel/trace@v1.46.0
go.opentelemetry.io/otel/metric@v1.46.0 go.opentelemetry.io/otel@v1.46.0
go.opentelemetry.io/otel/trace@v1.46.0 go.opentelemetry.io/otel@v1.46.0
go.opentelemetry.io/otel@v1.46.0 github.com/go-logr/logr@v1.4.3
github.com/cpuguy83/go-md2man/v2@v2.0.6 github.com/russross/blackfriday/v2@v2.1.0
)");
  for (auto& node : graph.nodes) {
    if (node.path == "github.com/old/thing") node.replacement = {"github.com/new/thing", "v1.2.0"};
    if (node.path == "example.com/shop/tools") node.replacement = {"./tools", ""};
  }
  return graph;
}

// What a manifest could call a module to break out of a label, an attribute or a line.
inline std::vector<std::string> hostile_names() {
  return {
      "\"><script>alert(1)</script>",
      "'/><image href=x onerror=alert(1)>",
      "a\" -> \"b\"; \"c",
      "a\\",
      "a\\\"];x[label=\"y",
      "line\nbreak -> x;",
      "tab\tand\rreturn",
      "\xe2\x80\xae"
      "gnp.evil",
      "\xff\xfe"
      "invalid",
      "\x01\x1b[31mred",
      "<b>bold</b>&amp;&#0;",
      "]]><!--",
      "\\N\\G\\l",
  };
}

inline Graph hostile_graph() {
  Graph graph{.nodes = {{.path = "\"><script>", .kind = NodeKind::kMain}}};
  for (const auto& name : hostile_names()) {
    graph.nodes.push_back({.path = name, .version = "v1.0.0\"<>", .replacement = {name, "v2.0.0<i>"}});
    const auto last = static_cast<NodeIndex>(graph.nodes.size() - 1);
    graph.edges.push_back({last - 1, last});
  }
  graph.nodes.push_back({.path = "plain", .version = "v1.0.0", .members = {graph.nodes[1], graph.nodes[2]}});
  graph.edges.push_back({1, static_cast<NodeIndex>(graph.nodes.size() - 1)});
  return graph;
}

}  // namespace modtool::test
