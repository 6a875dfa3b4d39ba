#include "core/gomod/go_mod.hpp"

#include <doctest/doctest.h>

#include "core/gomod/printer.hpp"
#include "tests/support/check.hpp"

namespace modtool::gomod {
namespace {

constexpr std::string_view kWhole = R"(// The module of modules.

// Deprecated: use example.com/m/v2
// instead.
//
// More to say.
module example.com/m

go 1.21.3

toolchain go1.22.1

godebug default=go1.21
godebug (
	panicnil=1
)

require example.com/a v1.0.0
require (
	example.com/b/v2 v2.1.0 // indirect
	"example.com/c" v0.0.0-20200101000000-abcdefabcdef // indirect; kept for tests
	example.com/d v3.0.0+incompatible // not indirect
)

exclude example.com/a v1.0.1

replace example.com/a => ../a
replace (
	example.com/a v1.0.0 => example.com/fork v1.0.1
	example.com/b/v2 v2.1.0 => "./b c"
)

// Published by mistake.
retract v1.1.0
// All of these are broken.
retract (
	[v1.2.0, v1.3.0]
	v1.4.0 // Too slow.
)

tool example.com/a/cmd/x
tool (
	example.com/a/cmd/y
)

ignore ./node_modules
)";

GoMod parse(std::string_view text, Strictness strictness = Strictness::kMain) {
  return REQUIRE_OK(parse_go_mod(text, {.shown = "go.mod"}, {.strictness = strictness}));
}

TEST_CASE("every directive of go.mod is read") {
  const auto manifest = parse(kWhole).manifest;
  CHECK(manifest.path == "example.com/m");
  CHECK(manifest.deprecated == "use example.com/m/v2\ninstead.");
  CHECK(manifest.go == "1.21.3");
  CHECK(manifest.toolchain == "go1.22.1");
  CHECK(manifest.godebug == std::vector<std::pair<std::string, std::string>>{{"default", "go1.21"}, {"panicnil", "1"}});
  REQUIRE(manifest.require.size() == 4);
  CHECK(to_string(manifest.require[2].module) == "example.com/c@v0.0.0-20200101000000-abcdefabcdef");
  CHECK(manifest.require[2].where == Where{"go.mod", 21, 2});
  CHECK(manifest.require[0].where == Where{"go.mod", 18, 0});
  std::vector<bool> indirect;
  for (const auto& requirement : manifest.require) indirect.push_back(requirement.indirect);
  CHECK(indirect == std::vector<bool>{false, true, true, false});
  CHECK(manifest.exclude == std::vector<module::ModuleVersion>{{"example.com/a", "v1.0.1"}});
  REQUIRE(manifest.replace.size() == 3);
  CHECK(manifest.replace[0].is_directory());
  CHECK(manifest.replace[0].from == module::ModuleVersion{"example.com/a", ""});
  CHECK(manifest.replace[1].to == module::ModuleVersion{"example.com/fork", "v1.0.1"});
  CHECK(manifest.replace[2].to == module::ModuleVersion{"./b c", ""});
  REQUIRE(manifest.retract.size() == 3);
  CHECK(manifest.retract[0].low == "v1.1.0");
  CHECK(manifest.retract[0].rationale == "Published by mistake.");
  CHECK(manifest.retract[1].high == "v1.3.0");
  CHECK(manifest.retract[1].rationale == "All of these are broken.");
  CHECK(manifest.retract[2].rationale == "Too slow.");
  CHECK(manifest.tool == std::vector<std::string>{"example.com/a/cmd/x", "example.com/a/cmd/y"});
  CHECK(manifest.ignore == std::vector<std::string>{"./node_modules"});
}

TEST_CASE("a dependency's go.mod is read for what counts in a dependency") {
  const auto manifest = parse(kWhole, Strictness::kLax).manifest;
  CHECK(manifest.path == "example.com/m");
  CHECK(manifest.require.size() == 4);
  CHECK(manifest.retract.size() == 3);
  CHECK(manifest.ignore.size() == 1);
  CHECK(manifest.replace.empty());
  CHECK(manifest.exclude.empty());
  CHECK(manifest.toolchain.empty());
  CHECK(manifest.godebug.empty());
  CHECK(manifest.tool.empty());
}

TEST_CASE("what a dependency may hold of the future is passed over") {
  const auto mod = parse("module m\nfrobnicate all\nimplement (\n\tx\n)\nrequire x (\n)\ngo 1.25-beta\nretract [v1\n",
                         Strictness::kLax);
  CHECK(mod.manifest.go == "1.25");
  CHECK(mod.manifest.retract.empty());
}

TEST_CASE("go.mod with CRLF line ends reads the same") {
  std::string crlf;
  for (const char c : kWhole) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const auto mod = parse(crlf);
  CHECK(mod.manifest.deprecated == "use example.com/m/v2\ninstead.");
  CHECK(mod.manifest.require[1].indirect);
  CHECK(format(mod.syntax) == format(parse(kWhole).syntax));
  CHECK(mod.syntax.source() == crlf);
}

TEST_CASE("an empty go.mod is a manifest without a path") {
  for (const auto* text : {"", "\n\n", "// only a comment\n"}) {
    const auto mod = parse(text);
    CHECK(mod.manifest.path.empty());
    CHECK_ERROR(check_main_module(mod.manifest, {.shown = "go.mod"}), Code::kGoModSyntax,
                "error reading go.mod: missing module declaration. To specify the module path:\n\tgo mod edit "
                "-module=example.com/mod");
  }
}

TEST_CASE("a main module may not have the path of the toolchain, nor two replacements for one module") {
  CHECK_ERROR(check_main_module(parse("module go\n").manifest, {.shown = "go.mod"}), Code::kBadModulePath,
              "error reading go.mod: invalid module path: \"go\"");
  const auto twice = parse("module m\nreplace a v1.0.0 => ../a\nreplace a v1.0.0 => ../b\n");
  CHECK_ERROR(check_main_module(twice.manifest, {.shown = "go.mod"}), Code::kGoModSyntax,
              "conflicting replacements for a@v1.0.0:\n\t../a\n\t../b");
  CHECK(check_main_module(parse("module m\nreplace a => ../a\nreplace a => ../a\n").manifest, {.shown = "go.mod"})
            .has_value());
}

TEST_CASE("indirect is what the first word of the first comment says") {
  struct Case {
    std::string_view comment;
    bool indirect;
  };
  const std::vector<Case> cases = {
      {"// indirect", true},       {"//indirect", true},    {"//  indirect ", true}, {"// indirect; why", true},
      {"// indirect why", false},  {"// indirect;", false}, {"// direct", false},    {"", false},
      {"// x // indirect", false}, {"//indirect;x", false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.comment);
    const auto mod = parse("module m\nrequire a v1.0.0 " + std::string(c.comment) + "\n");
    CHECK(mod.manifest.require.at(0).indirect == c.indirect);
  }
}

TEST_CASE("the first deprecated paragraph of the module's comments is the message") {
  struct Case {
    std::string_view text;
    std::string_view message;
  };
  const std::vector<Case> cases = {
      {"// Deprecated: a\nmodule m\n", "a"},
      {"module m // Deprecated: a\n", "a"},
      {"// Deprecated:\nmodule m\n", ""},
      {"// x\n// Deprecated: a\nmodule m\n", ""},
      {"// x\n//\n// Deprecated:   a\n//   b\n//\n// c\nmodule m\n", "a\nb"},
      {"// x\n//\n//\n// Deprecated: a\nmodule m\n", "a"},
      {"//\n// Deprecated: a\nmodule m\n", ""},
      {"//\n//\n// Deprecated: a\nmodule m\n", "a"},
      {"// Deprecated: a\n//\n// Deprecated: b\nmodule m\n", "a"},
      {"// Deprecated: a\n\nmodule m\n", ""},
      {"// deprecated: a\nmodule m\n", ""},
      {"// Deprecated: a\nmodule (\n\tm\n)\n", "a"},
      {"// Deprecated: a\nmodule (\n\t// Deprecated: b\n\tm\n)\n", "b"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(parse(c.text).manifest.deprecated == c.message);
  }
}

TEST_CASE("short versions are completed where go mod edit would") {
  const auto mod =
      parse("module m\nrequire a v1\nrequire b v1.2\nrequire c v1.2.3+meta\nrequire d v2.0.0+incompatible\n",
            Strictness::kEdit);
  std::string versions;
  for (const auto& requirement : mod.manifest.require) versions += requirement.module.version + " ";
  CHECK(versions == "v1.0.0 v1.2.0 v1.2.3 v2.0.0+incompatible ");
  CHECK(format(mod.syntax).find("require c v1.2.3\n") != std::string::npos);
}

TEST_CASE("a query in a main module's go.mod is what the fixer makes of it") {
  const std::string text =
      "module example.com/m\nrequire example.com/a master\nretract v1\nrequire example.com/b v1.0.0\n";
  std::vector<std::string> asked;
  const VersionFixer fix = [&](std::string_view path, std::string_view query) -> Result<std::string> {
    asked.push_back(std::string(path) + "@" + std::string(query));
    return "v1.5.0";
  };
  const auto mod = REQUIRE_OK(parse_go_mod(text, {.shown = "go.mod"}, {.fix_version = fix}));
  CHECK(mod.versions_fixed);
  CHECK(asked == std::vector<std::string>{"example.com/a@master", "example.com/m@v1"});
  CHECK(mod.manifest.require[0].module.version == "v1.5.0");
  CHECK(mod.manifest.retract[0].low == "v1.5.0");
  CHECK(format(mod.syntax).find("require example.com/a v1.5.0\n") != std::string::npos);
  CHECK_FALSE(REQUIRE_OK(parse_go_mod("module m\n", {.shown = "go.mod"}, {.fix_version = fix})).versions_fixed);

  const VersionFixer refuse = [](std::string_view, std::string_view) -> Result<std::string> {
    return fail(Code::kOffline, "module lookup disabled by GOPROXY=off");
  };
  CHECK_ERROR(parse_go_mod(text, {.shown = "go.mod"}, {.fix_version = refuse}), Code::kGoModSyntax,
              "go.mod:2: module lookup disabled by GOPROXY=off");
}

// The problems as the go command prints them.
std::string go_text(const Error& error) {
  std::string text;
  for (const auto& problem : error.problems) text += to_line(problem) + "\n";
  return text;
}

TEST_CASE("every problem of go.mod is told with its place, in Go's words and order") {
  struct Case {
    std::string_view text;
    std::string_view problems;
  };
  const std::vector<Case> cases = {
      {"module m.com/a\nfoo bar\n  bar x\nrequire (\n\tx v1\n\ty/v1 v1.0.0\n example.com/z/v2 v1.0.0\n)\n",
       "go.mod:2: unknown directive: foo\n"
       "go.mod:3:3: unknown directive: bar\n"
       "go.mod:5:2: malformed module path \"x\": missing dot in first path element\n"
       "go.mod:6:2: require y/v1: version \"v1.0.0\" invalid: malformed module path \"y/v1\"\n"
       "go.mod:7:2: require example.com/z/v2: version \"v1.0.0\" invalid: should be v2, not v1\n"},
      {"module m.com/a\nrequire (\n", "go.mod:3: syntax error (unterminated block started at /tmp/m/go.mod:2:1)\n"},
      {"module m.com/a\nrequire ( // x\n) y\n", "go.mod:3:4: syntax error (expected newline after closing paren)\n"},
      {"module m.com/a\n/* */\n", "go.mod:2: mod files must use // comments (not /* */ comments)\n"},
      {"module m.com/a/* */\n", "go.mod:1:15: mod files must use // comments (not /* */ comments)\n"},
      {"module `m.com/a`\n", "go.mod:1: invalid quoted string: unquoted string cannot contain quote\n"},
      {"module \"m.com/a\\q\"\n", "go.mod:1: invalid quoted string: invalid syntax\n"},
      {"module \"m.com/a\n", "go.mod:1:16: unexpected newline in string\n"},
      {"module m\n\trequire `m.com/a", "go.mod:2:10: unexpected EOF in string\n"},
      {"module m.com/a\nréquire x\n  é \x01\n", "go.mod:3:5: unexpected input character '\\x01'\n"},
      {"module m.com/a\u00a0\n", "go.mod:1:15: unexpected input character '\\u00a0'\n"},
      {"module a b\nmodule c\n", "go.mod:1: usage: module module/path\ngo.mod:2: repeated module statement\n"},
      {"go 1.20\ngo 1.21\n", "go.mod:2: repeated go statement\n"},
      {"go 1.20 1.21\n", "go.mod:1: go directive expects exactly one argument\n"},
      {"go v1.20\n", "go.mod:1: invalid go version 'v1.20': must match format 1.23.0\n"},
      {"toolchain x\n", "go.mod:1: invalid toolchain version 'x': must match format go1.23.0 or default\n"},
      {"toolchain\n", "go.mod:1: toolchain directive expects exactly one argument\n"},
      {"toolchain go1.2\ntoolchain go1.2\n", "go.mod:2: repeated toolchain statement\n"},
      {"go (\n\t1.20\n)\nrequire x (\n)\n",
       "go.mod:1: unknown block type: go\ngo.mod:4: unknown block type: require x\n"},
      {"godebug a\ngodebug a=`b`\ngodebug a=b c=d\n",
       "go.mod:1: usage: godebug key=value\ngo.mod:2: usage: godebug key=value\ngo.mod:3: usage: godebug key=value\n"},
      {"require a.com/b master\n",
       "go.mod:1: require a.com/b: version \"master\" invalid: must be of the form v1.2.3\n"},
      {"require a.com/b 'v1'\n",
       "go.mod:1: require a.com/b: version \"'v1'\" invalid: unquoted string cannot contain quote\n"},
      {"require a.com/b\n", "go.mod:1: usage: require module/path v1.2.3\n"},
      {"exclude a.com/b\n", "go.mod:1: usage: exclude module/path v1.2.3\n"},
      {"exclude a.com/b v2.0.0\n",
       "go.mod:1: exclude a.com/b: version \"v2.0.0\" invalid: should be v0 or v1, not v2\n"},
      {"tool a b\nignore\n",
       "go.mod:1: tool directive expects exactly one argument\n"
       "go.mod:2: ignore directive expects exactly one argument\n"},
      {"module m.com/a\nretract v2.0.0\nretract [v1.0.0, v1.1\nretract\nretract [\nretract [v1.0.0 v1.1.0]\n"
       "retract [v1.0.0,\nretract v1.0.0 x\n",
       "go.mod:3: expected ']' after version\n"
       "go.mod:4: expected '[' or version\n"
       "go.mod:5: expected version after '['\n"
       "go.mod:6: expected ',' after version\n"
       "go.mod:7: expected version after ','\n"
       "go.mod:8: unexpected token after version: \"x\"\n"
       "go.mod:2: retract m.com/a: version \"v2.0.0\" invalid: should be v0 or v1, not v2\n"},
      {"go 1.26\nretract v1.0.0\nretract v1.0.1\n", "go.mod:2: no module directive found, so retract cannot be used\n"},
      {"replace x => y\nreplace x v1 => ../y\nreplace x/v2 v1.0.0 => ../y\nreplace x v1.0.0 => ../y v1.0.0\n"
       "replace x => C:\\foo\nreplace x/v1 => ../y\nreplace x => y@v1\n",
       "go.mod:1: replacement module without version must be directory path (rooted or starting with . or ..)\n"
       "go.mod:2: malformed module path \"x\": missing dot in first path element\n"
       "go.mod:3: replace x/v2: version \"v1.0.0\" invalid: should be v2, not v1\n"
       "go.mod:4: replacement module directory path \"../y\" cannot have version\n"
       "go.mod:5: replacement directory appears to be Windows path (on a non-windows system)\n"
       "go.mod:6: replace x/v1: invalid module path\n"
       "go.mod:7: replacement module must match format 'path version', not 'path@version'\n"},
      {"replace x y\n",
       "go.mod:1: usage: replace module/path [v1.2.3] => other/module v1.4\n\t or replace module/path [v1.2.3] => "
       "../local/directory\n"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const auto result = parse_go_mod(c.text, {.shown = "go.mod", .full = "/tmp/m/go.mod"});
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == Code::kGoModSyntax);
    CHECK(to_line(result.error()) == "errors parsing go.mod:");
    CHECK(go_text(result.error()) == c.problems);
  }
}

TEST_CASE("a dependency's problems are one text") {
  const auto result = parse_go_mod("module\nrequire x\n", {.shown = "go.mod"}, {.strictness = Strictness::kLax});
  REQUIRE_FALSE(result.has_value());
  CHECK(to_line(result.error()) ==
        "parsing go.mod: go.mod:1: usage: module module/path\ngo.mod:2: usage: require module/path v1.2.3");
}

TEST_CASE("a merge conflict in go.mod is named as one, in Go's words") {
  const auto result =
      parse_go_mod("module m\nrequire (\n<<<<<<< HEAD\na.com/b v1.0.0\n=======\n>>>>>>> x\n)\n", {.shown = "go.mod"});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().code == Code::kConflictMarker);
  CHECK(go_text(result.error()) ==
        "go.mod:3: malformed module path \"<<<<<<<\": invalid char '<'\n"
        "go.mod:5: usage: require module/path v1.2.3\n"
        "go.mod:6: malformed module path \">>>>>>>\": invalid char '>'\n");
}

}  // namespace
}  // namespace modtool::gomod
