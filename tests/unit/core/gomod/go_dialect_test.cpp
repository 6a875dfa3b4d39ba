#include "core/gomod/go_dialect.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"

namespace modtool::gomod {
namespace {

const auto kDialect = make_go_dialect("1.26.8");

std::string to_text(const std::vector<module::ModuleVersion>& modules) {
  std::string text;
  for (const auto& module : modules) text += (text.empty() ? "" : " ") + to_string(module);
  return text;
}

TEST_CASE("a main module that needs a newer Go is refused for that, whatever else it holds") {
  struct Case {
    std::string_view text;
    Code code;
    std::string_view part;
  };
  const std::vector<Case> cases = {
      {"module m\ngo 1.26.8\n", Code::kTooNewGo, ""},
      {"module m\ngo 1.27\n", Code::kTooNewGo, "go.mod requires go >= 1.27 (running go 1.26.8; GOTOOLCHAIN=local)"},
      {"go 1.27\n", Code::kTooNewGo, "go.mod requires go >= 1.27"},
      {"module m\ngo 1.27\nfrobnicate\n", Code::kTooNewGo, "go.mod requires go >= 1.27"},
      {"module m\ngo 1.26\nfrobnicate\n", Code::kGoModSyntax, "go.mod:3: unknown directive: frobnicate"},
      {"module m\ngo 1.27\nfrobnicate (\n", Code::kGoModSyntax, "unterminated block"},
      {"go 1.26\n", Code::kGoModSyntax, "missing module declaration"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    if (c.part.empty()) {
      CHECK(kDialect->parse_manifest(c.text, {.shown = "go.mod"}, {}).has_value());
    } else {
      CHECK_ERROR(kDialect->parse_manifest(c.text, {.shown = "go.mod"}, {}), c.code, c.part);
    }
  }
}

TEST_CASE("what is for a newer Go can be read by the rules of this one") {
  const auto dialect = make_go_dialect("1.26.8", NewerGo::kTake);
  CHECK(dialect->parse_manifest("module m\ngo 1.99.0\n", {.shown = "go.mod"}, {}).has_value());
  CHECK(dialect->check_language("1.99.0", "module a@v1.0.0").has_value());
  CHECK_ERROR(dialect->parse_manifest("module m\ngo 1.99.0\nfrobnicate\n", {.shown = "go.mod"}, {}), Code::kGoModSyntax,
              "go.mod:3: unknown directive: frobnicate");
}

TEST_CASE("a dependency's summary holds what resolution needs") {
  const auto text =
      "// Deprecated: old\nmodule m\ngo 1.21\nrequire b v1.0.0 // indirect\nrequire a v1.0.0\nretract v1.0.0\n";
  const auto summary = REQUIRE_OK(kDialect->summarise(text, {.shown = "go.mod"}));
  CHECK(summary.path == "m");
  CHECK(summary.language == "1.21");
  CHECK(summary.prunes);
  CHECK(summary.deprecated == "old");
  CHECK(summary.retract.size() == 1);
  CHECK(to_text(summary.require) == "b@v1.0.0 a@v1.0.0 go@1.21");
  CHECK_FALSE(REQUIRE_OK(kDialect->summarise("module m\n", {.shown = "go.mod"})).prunes);
  CHECK(to_text(REQUIRE_OK(kDialect->summarise("module m\ngo 1.20\n", {.shown = "go.mod"})).require).empty());
}

TEST_CASE("the roots of a main module are what it requires, less what it excludes, and its Go") {
  const auto roots_of = [](std::string_view text) {
    return kDialect->roots_of(REQUIRE_OK(kDialect->parse_manifest(text, {.shown = "go.mod"}, {})));
  };
  const auto roots = roots_of(
      "module m\ngo 1.20\ntoolchain go1.22.0\nrequire b v1.10.0\nrequire b v1.9.0\nrequire a v1.0.0\nexclude a "
      "v1.0.0\n");
  CHECK(to_text(roots.modules) == "b@v1.9.0 b@v1.10.0 go@1.20 toolchain@go1.22.0");
  CHECK(roots.prunes);
  CHECK(to_text(roots_of("module m\n").modules) == "go@1.16");
  CHECK_FALSE(roots_of("module m\n").prunes);
}

TEST_CASE("what modules.txt says grows with the go line") {
  struct Case {
    std::string go;
    bool marks_explicit;
    bool names_languages;
  };
  for (const auto& c : std::vector<Case>{{"", false, false},
                                         {"1.13", false, false},
                                         {"1.14", true, false},
                                         {"1.16", true, false},
                                         {"1.17", true, true}}) {
    CAPTURE(c.go);
    const auto rules = kDialect->index_rules({.go = c.go});
    CHECK(rules.marks_explicit == c.marks_explicit);
    CHECK(rules.names_languages == c.names_languages);
  }
}

TEST_CASE("go and toolchain stand for no module") {
  CHECK(to_text(kDialect->builtin({"go", "1.21.3"})->require) == "toolchain@go1.21.3");
  CHECK(kDialect->builtin({"go", "1.20"})->require.empty());
  CHECK(kDialect->builtin({"toolchain", "go1.21.3"})->require.empty());
  CHECK_FALSE(kDialect->builtin({"example.com/go", "v1.0.0"}).has_value());
}

}  // namespace
}  // namespace modtool::gomod
