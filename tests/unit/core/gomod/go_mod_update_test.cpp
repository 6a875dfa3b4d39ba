#include "core/gomod/go_mod_update.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"

namespace modtool::gomod {
namespace {

manifest::Roots roots(const std::string& language, const std::vector<std::string>& direct,
                      const std::vector<std::string>& indirect = {}) {
  manifest::Roots made;
  const auto add = [&](const std::string& words) {
    const auto at = words.find(' ');
    made.modules.push_back({words.substr(0, at), words.substr(at + 1)});
    return words.substr(0, at);
  };
  for (const auto& words : direct) made.direct.insert(add(words));
  for (const auto& words : indirect) add(words);
  add("go " + language);
  return made;
}

std::string updated(const std::string& text, const manifest::Roots& roots) {
  auto mod = REQUIRE_OK(parse_go_mod(text, {.shown = "go.mod"}));
  return update_go_mod(std::move(mod), roots).value_or("(as it was)");
}

const std::string kHead = "module m\n\ngo 1.21\n\n";

TEST_CASE("what go.mod says already is not written again") {
  const std::string untidy = "module   m\ngo 1.21\nrequire  a.org/a   v1.0.0\nrequire a.org/a v1.0.0\n";
  CHECK(updated(untidy, roots("1.21", {"a.org/a v1.0.0"})) == "(as it was)");
}

TEST_CASE("requirements are brought to the roots, and keep their comments") {
  struct Case {
    const char* name;
    std::string before;
    manifest::Roots roots;
    std::string after;
  };
  const std::vector<Case> cases = {
      {"a version", "// why\nrequire a.org/a v1.0.0 // note\n", roots("1.21", {"a.org/a v1.1.0"}),
       "// why\nrequire a.org/a v1.1.0 // note\n"},
      {"one that goes, with its block", "require (\n\ta.org/a v1.0.0\n)\n\nrequire a.org/b v1.0.0\n",
       roots("1.21", {"a.org/b v1.0.0"}), "require a.org/b v1.0.0\n"},
      {"one that comes", "", roots("1.21", {"a.org/a v1.0.0"}, {"a.org/b v1.0.0"}),
       "require a.org/a v1.0.0\n\nrequire a.org/b v1.0.0 // indirect\n"},
      {"of two the first stays", "require a.org/a v1.0.0 // first\n\nrequire a.org/a v1.1.0 // second\n",
       roots("1.21", {"a.org/a v1.1.0"}), "require a.org/a v1.1.0 // first\n"},
      {"one block is parted by kind",
       "require (\n\ta.org/b v1.0.0 // indirect\n\ta.org/c v1.0.0\n\n\ta.org/a v1.0.0 // indirect; so\n)\n",
       roots("1.21", {"a.org/c v1.1.0"}, {"a.org/a v1.0.0", "a.org/b v1.0.0"}),
       "require a.org/c v1.1.0\n\nrequire (\n\ta.org/a v1.0.0 // indirect; so\n\ta.org/b v1.0.0 // indirect\n)\n"},
      {"a block with a word to it stays as it is",
       "// mixed\nrequire (\n\ta.org/a v1.0.0 // indirect\n\ta.org/c v1.0.0\n)\n",
       roots("1.21", {"a.org/c v1.1.0"}, {"a.org/a v1.0.0"}),
       "// mixed\nrequire (\n\ta.org/a v1.0.0 // indirect\n\ta.org/c v1.1.0\n)\n"},
      {"from block to block",
       "require (\n\ta.org/a v1.0.0\n\ta.org/b v1.0.0\n)\n\nrequire (\n\ta.org/c v1.0.0 // indirect\n\ta.org/d v1.0.0 "
       "// "
       "indirect\n)\n",
       roots("1.21", {"a.org/a v1.0.0", "a.org/c v1.0.0"}, {"a.org/b v1.0.0", "a.org/d v1.0.0"}),
       "require (\n\ta.org/a v1.0.0\n\ta.org/c v1.0.0\n)\n\nrequire (\n\ta.org/b v1.0.0 // indirect\n\ta.org/d v1.0.0 "
       "// "
       "indirect\n)\n"},
      {"marks beside other words", "require a.org/a v1.0.0 // note\n\nrequire a.org/b v1.0.0 // indirect; note\n",
       roots("1.21", {"a.org/b v1.0.0"}, {"a.org/a v1.0.0"}),
       "require a.org/a v1.0.0 // indirect; note\n\nrequire a.org/b v1.0.0 // note\n"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(updated(kHead + c.before, c.roots) == kHead + c.after);
  }
}

TEST_CASE("before Go 1.17 the kinds stand together") {
  const std::string head = "module m\n\ngo 1.16\n\n";
  CHECK(updated(head + "require a.org/b v1.0.0\n", roots("1.16", {"a.org/b v1.0.0"}, {"a.org/a v1.0.0"})) ==
        head + "require (\n\ta.org/a v1.0.0 // indirect\n\ta.org/b v1.0.0\n)\n");
}

TEST_CASE("the go line is that of the roots, and a toolchain line stays where it says more") {
  CHECK(updated("module m\n", roots("1.24", {})) == "module m\n\ngo 1.24\n");
  CHECK(updated("module m\n\ngo 1.21\n\ntoolchain go1.22.0\n", roots("1.24", {})) == "module m\n\ngo 1.24\n");
  CHECK(updated("module m\n\ngo 1.21\n\ntoolchain go1.25.0\n", roots("1.24", {})) ==
        "module m\n\ngo 1.24\n\ntoolchain go1.25.0\n");
  CHECK(updated("module m\n\ngo 1.20\n\ntoolchain go1.20.5\n", roots("1.20", {})) == "module m\n\ngo 1.20\n");
}

TEST_CASE("what stands twice goes, and blocks are sorted as the go command sorts them") {
  const std::string before =
      "module m\n\ngo 1.20\n\nretract (\n\tv1.0.0\n\t[v1.1.0, v1.2.0]\n\tv1.10.0\n)\n\nexclude (\n\tz v1.9.0\n\tz "
      "v1.10.0\n\tz v1.9.0\n)\n\nreplace (\n\ty => ./y\n\tx v1.0.0 => ./x\n\ty => ./y\n)\n\ntool m/t\n\ntool m/t\n";
  const std::string sorted = "retract (\n\tv1.10.0\n\t[v1.1.0, v1.2.0]\n\tv1.0.0\n)\n\nexclude (\n\tz ";
  const std::string rest = "\n)\n\nreplace (\n\tx v1.0.0 => ./x\n\ty => ./y\n)\n\ntool m/t\n";
  CHECK(updated(before, roots("1.21", {})) == "module m\n\ngo 1.21\n\n" + sorted + "v1.9.0\n\tz v1.10.0" + rest);
  CHECK(updated(before, roots("1.20.1", {})) == "module m\n\ngo 1.20.1\n\n" + sorted + "v1.10.0\n\tz v1.9.0" + rest);
}

}  // namespace
}  // namespace modtool::gomod
