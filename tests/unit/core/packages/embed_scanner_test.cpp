#include "core/packages/embed_scanner.hpp"

#include <string>
#include <vector>

#include "tests/support/check.hpp"

using namespace modtool::packages;

using Patterns = std::vector<std::string>;

TEST_CASE("embed lines are found wherever a comment may begin, and nowhere else") {
  struct Row {
    std::string_view source;
    Patterns patterns;
  };
  const Row kRows[] = {
      {"//go:embed a.txt\nvar x string\n", {"a.txt"}},
      {"//go:embed a b\t\"c d\" `e f`\r\n", {"a", "b", "c d", "e f"}},
      {"var x int //go:embed a\n", {"a"}},
      {"//go:embed all:a\n//go:embed b", {"all:a", "b"}},
      {"//go:embed\n", {}},
      {"//go:embedded a\n", {}},
      {"// go:embed a\n", {}},
      {"//go:embed \"a\n", {}},
      {"//go:embed a \"b\"c\n", {}},
      {"/*\n//go:embed a\n*/\n", {}},
      {"var s = \"//go:embed a\"\n", {}},
      {"var s = `\n//go:embed a\n`\n", {}},
      {"var r = '\"'\n//go:embed a\n", {"a"}},
      {"var r = '\\''\n//go:embed a\n", {"a"}},
      {"var r = '`'; var s = \"\\\"\" //go:embed a\n", {"a"}},
      {"x := a / b\n//go:embed a\n", {"a"}},
      {"var s = \"open\n//go:embed a\n", {"a"}},
      {"/* //go:embed b */ //go:embed a\n", {"a"}},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.source);
    CHECK(scan_embed_patterns(row.source) == row.patterns);
  }
}
