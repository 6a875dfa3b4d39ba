#include "graph/of/project_graph.hpp"

#include <fmt/format.h>

#include "tests/support/check.hpp"
#include "tests/unit/core/engine/workplace.hpp"

using namespace modtool;

namespace {

// A native project that is resolved from its lock: "a" requires "b" at a newer version than the project does.
struct Sample : engine::test::MemoryWorkplace {
  Sample() {
    disk.add("/p/modtool.json", R"({
  "schema": 1,
  "module": "example.com/app",
  "require": { "x.org/o/a": "v1.0.0", "x.org/o/b": "v1.0.0", "x.org/o/lib": "v1.0.0" },
  "replace": { "x.org/o/lib": { "dir": "./lib" } }
}
)");
    disk.add("/p/lib/lib.c", "");
    const std::string sum = R"("sum":"h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")";
    disk.add("/p/modtool.lock", R"([
 {"lock":1}
,{"root":"x.org/o/a","version":"v1.0.0"}
,{"root":"x.org/o/b","version":"v1.0.0"}
,{"root":"x.org/o/lib","version":"v1.0.0"}
,{"path":"x.org/o/a","version":"v1.0.0",)" +
                                    sum +
                                    R"(,"require":{"x.org/o/b":"v1.1.0"},"from":"manifest"}
,{"path":"x.org/o/b","version":"v1.0.0"}
,{"path":"x.org/o/b","version":"v1.1.0",)" +
                                    sum +
                                    R"(,"require":{"x.org/o/c":"v0.1.0"},"from":"manifest"}
,{"path":"x.org/o/c","version":"v0.1.0",)" +
                                    sum +
                                    R"(}
]
)");
  }
};

// A line for each node, "main example.com/app", and for each edge, "example.com/app -> x.org/o/a@v1.0.0".
std::string text_of(const graph::Graph& graph) {
  std::string text;
  for (const auto& node : graph.nodes) {
    text += fmt::format("{} {}{}\n", graph::kind_name(node.kind), graph::node_id(node),
                        node.is_replaced() ? " => " + graph::replacement_text(node) : "");
  }
  for (const auto& edge : graph.edges) {
    text += fmt::format("{} -> {}\n", graph::node_id(graph.nodes[edge.from]), graph::node_id(graph.nodes[edge.to]));
  }
  return text;
}

}  // namespace

TEST_CASE("a project's graph has every version, how it came into it, and what replaces it") {
  Sample sample;
  CHECK(text_of(REQUIRE_OK(graph::load_project_graph(sample.place.context, {}))) ==
        "main example.com/app\n"
        "direct x.org/o/a@v1.0.0\n"
        "losing x.org/o/b@v1.0.0\n"
        "direct x.org/o/lib@v1.0.0 => ./lib\n"
        "direct x.org/o/b@v1.1.0\n"
        "indirect x.org/o/c@v0.1.0\n"
        "example.com/app -> x.org/o/a@v1.0.0\n"
        "example.com/app -> x.org/o/b@v1.0.0\n"
        "example.com/app -> x.org/o/lib@v1.0.0\n"
        "x.org/o/a@v1.0.0 -> x.org/o/b@v1.1.0\n"
        "x.org/o/b@v1.1.0 -> x.org/o/c@v0.1.0\n");
}

TEST_CASE("the graph of several projects in a directory is one, and its nodes name their dialects") {
  Sample sample;
  sample.disk.add("/p/go.mod", "module example.com/gone\n\ngo 1.20\n");
  const auto graph = REQUIRE_OK(graph::load_project_graph(sample.place.context, {}));
  std::string mains;
  for (const auto& node : graph.nodes) {
    if (node.kind == graph::NodeKind::kMain) mains += fmt::format("[{} {}]", node.path, node.dialects.at(0));
  }
  CHECK(mains == "[example.com/gone go][example.com/app native]");
  sample.place.settings.which = project::Which::dialect("go");
  CHECK(
      text_of(REQUIRE_OK(graph::load_project_graph(sample.place.context, {}))).starts_with("main example.com/gone\n"));
}

TEST_CASE("a lock that does not fit its manifest gives no graph") {
  Sample sample;
  sample.disk.add("/p/modtool.json",
                  R"({"schema": 1, "module": "example.com/app", "require": {"x.org/o/a": "v1.1.0"}})");
  CHECK_ERROR(graph::load_project_graph(sample.place.context, {}), Code::kLockStale, "x.org/o/a");
}
