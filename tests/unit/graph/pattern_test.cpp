#include "graph/pattern.hpp"

#include "tests/support/check.hpp"
#include "tests/unit/graph/graph_language.hpp"

using namespace modtool;
using namespace modtool::graph;
using test::graph_of;

TEST_CASE("a pattern is a path, a path with a version, or a glob of either") {
  struct Case {
    std::string pattern;
    bool matches;
  };
  const Node node{.path = "k8s.io/client-go", .version = "v0.37.2"};
  for (const auto& [pattern, expected] : {
           Case{"k8s.io/client-go", true},
           Case{"k8s.io/client-go@v0.37.2", true},
           Case{"k8s.io/client-go@v0.37.1", false},
           Case{"k8s.io/*", true},
           Case{"*client*", true},
           Case{"*", true},
           Case{"**", true},
           Case{"k8s.io/client-g?", true},
           Case{"k8s.io/client-go?", false},
           Case{"k8s.io", false},
           Case{"k8s.io/client-go/*", false},
           Case{"k8s.io/*@v0.37.*", true},
           Case{"*@v0.36.*", false},
           Case{"", false},
       }) {
    CAPTURE(pattern);
    CHECK(matches(pattern, node) == expected);
  }
}

TEST_CASE("a glob of many stars is matched without backtracking forever") {
  const Node node{.path = std::string(20'000, 'a')};
  CHECK_FALSE(matches("*a*a*a*a*a*a*a*a*b", node));
}

TEST_CASE("patterns add up, and a path names all its versions") {
  const auto graph = graph_of("m a@v1\nm b@v1\nb@v1 a@v2");
  const auto found = REQUIRE_OK(find_nodes(graph, "--focus", {"a", "m"}));
  CHECK(found == NodeSet{true, true, false, true});
}

TEST_CASE("a name that the graph does not hold is an error that names the nearest") {
  struct Case {
    std::string pattern;
    std::string message;
    std::string fix;
  };
  const auto graph =
      graph_of("example.com/m github.com/spf13/cobra@v1.10.0\nexample.com/m github.com/spf13/pflag@v1.0.0");
  for (const auto& [pattern, message, fix] : {
           Case{"github.com/spf13/cobrra", "nearest is `github.com/spf13/cobra`",
                "modtool graph --focus github.com/spf13/cobra"},
           Case{"cobra", "nearest is `github.com/spf13/cobra`", "modtool graph --focus github.com/spf13/cobra"},
           Case{"github.com/spf13/cobra@v1.9.0", "it holds github.com/spf13/cobra at v1.10.0",
                "modtool graph --focus github.com/spf13/cobra"},
           Case{"completely/else", "--focus: no module of the graph is `completely/else`", ""},
       }) {
    const auto result = find_nodes(graph, "--focus", {pattern});
    CHECK_ERROR(result, Code::kNoSuchNode, message);
    CHECK(to_command(result.error().fix) == fix);
  }
}
