#include "core/packages/embed_patterns.hpp"

#include <map>
#include <string>
#include <vector>

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::packages;

using Names = std::vector<std::string>;

namespace {

IndexedTree make_module(const Names& names) {
  std::map<std::string, std::string> files;
  for (const auto& name : names) files.emplace(name, "x");
  return IndexedTree(module::make_memory_tree(std::move(files)));
}

const Names kFiles = {
    "go.mod",          "p/a.txt",       "p/b.txt",        "p/c.html",       "p/.hidden",     "p/_under",
    "p/d/x.txt",       "p/d/.y",        "p/d/_z",         "p/d/e/deep.txt", "p/d/.f/in.txt", "p/sub/go.mod",
    "p/sub/x.txt",     "p/mix/own.txt", "p/mix/n/go.mod", "p/mix/n/in.txt", "p/only/.h",     "p/.git/config",
    "p/g/.git/config", "p/g/ok",        "p/bad/a\\b.txt", "p/[x]/y",        "p/t/x_test.go",
};

}  // namespace

TEST_CASE("embed patterns stand for the files Go embeds") {
  struct Row {
    Names patterns;
    Names files;
  };
  const Row kRows[] = {
      {{}, {}},
      {{"a.txt"}, {"p/a.txt"}},
      {{"*.txt"}, {"p/a.txt", "p/b.txt"}},
      {{"b.txt", "*.txt"}, {"p/a.txt", "p/b.txt"}},
      {{".hidden"}, {"p/.hidden"}},
      {{"_*"}, {"p/_under"}},
      {{"d"}, {"p/d/e/deep.txt", "p/d/x.txt"}},
      {{"all:d"}, {"p/d/.f/in.txt", "p/d/.y", "p/d/_z", "p/d/e/deep.txt", "p/d/x.txt"}},
      {{"d/*"}, {"p/d/.f/in.txt", "p/d/.y", "p/d/_z", "p/d/e/deep.txt", "p/d/x.txt"}},
      {{"d/?/*.txt"}, {"p/d/e/deep.txt"}},
      {{"mix"}, {"p/mix/own.txt"}},
      {{"all:g"}, {"p/g/ok"}},
      {{"\\[x\\]/y"}, {"p/[x]/y"}},
      {{"t"}, {"p/t/x_test.go"}},
  };
  const IndexedTree module = make_module(kFiles);
  for (const Row& row : kRows) {
    CAPTURE(row.patterns);
    CHECK(REQUIRE_OK(resolve_embeds(module, "p", row.patterns)) == row.files);
  }
}

TEST_CASE("what may not be embedded is refused in Go's words") {
  struct Row {
    std::string pattern;
    std::string_view message;
  };
  const Row kRows[] = {
      {"none.txt", "pattern none.txt: no matching files found"},
      {"*.png", "pattern *.png: no matching files found"},
      {"a.txt/x", "no matching files found"},
      {"", "invalid pattern syntax"},
      {".", "invalid pattern syntax"},
      {"../q", "invalid pattern syntax"},
      {"/a.txt", "invalid pattern syntax"},
      {"d/", "invalid pattern syntax"},
      {"[a", "pattern [a: invalid pattern syntax"},
      {"all:", "pattern all:: invalid pattern syntax"},
      {"sub", "cannot embed directory sub: in different module"},
      {"sub/x.txt", "cannot embed file sub/x.txt: in different module"},
      {"*/x.txt", "cannot embed file sub/x.txt: in different module"},
      {"only", "cannot embed directory only: contains no embeddable files"},
      {".git", "cannot embed directory .git: invalid name .git"},
      {".git/config", "cannot embed file .git/config: in invalid directory .git"},
      {"bad/*", "invalid name a\\b.txt"},
      {"bad", "cannot embed file bad/a\\b.txt: invalid name a\\b.txt"},
  };
  const IndexedTree module = make_module(kFiles);
  for (const Row& row : kRows) {
    CAPTURE(row.pattern);
    CHECK_ERROR(resolve_embeds(module, "p", {row.pattern}), Code::kEmbed, row.message);
  }
}

TEST_CASE("the package at the module's root embeds as any other") {
  const IndexedTree module = make_module({"go.mod", "a.txt", "d/b.txt"});
  CHECK(REQUIRE_OK(resolve_embeds(module, "", {"*.txt", "d", "go.mod"})) == Names{"a.txt", "d/b.txt", "go.mod"});
}
