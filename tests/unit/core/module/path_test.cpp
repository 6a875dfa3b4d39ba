#include "core/module/path.hpp"

#include <string>

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::module;

namespace {

constexpr std::string_view kBigK = "\u212A";  // Kelvin sign
constexpr std::string_view kLongS = "\u017F";

std::string reason_of(const Result<void>& result) { return result ? "ok" : to_line(result.error()); }

}  // namespace

TEST_CASE("a path says why it is no module path, no import path, no file name") {
  struct Row {
    std::string_view path;
    std::string_view module = "ok", import = "ok", file = "ok";
  };
  constexpr Row kRows[] = {
      {.path = "x.y/z"},
      {.path = "x.y"},
      {.path = "github.com/Azure/go_x-1.0~a"},
      {.path = "", .module = "empty string", .import = "empty string", .file = "empty string"},
      {.path = "x.y/\xFF", .module = "invalid UTF-8", .import = "invalid UTF-8", .file = "invalid UTF-8"},
      {.path = "/x.y/z", .module = "empty path element", .import = "empty path element", .file = "empty path element"},
      {.path = "x./z",
       .module = "trailing dot in path element",
       .import = "trailing dot in path element",
       .file = "trailing dot in path element"},
      {.path = ".x/z", .module = "leading dot in path element"},
      {.path = "-x.y/z", .module = "leading dash", .import = "leading dash"},
      {.path = "x.y//z", .module = "double slash", .import = "double slash", .file = "double slash"},
      {.path = "x.y/z/", .module = "trailing slash", .import = "trailing slash", .file = "trailing slash"},
      {.path = "x.y/..",
       .module = "invalid path element \"..\"",
       .import = "invalid path element \"..\"",
       .file = "invalid path element \"..\""},
      {.path = "./x",
       .module = "invalid path element \".\"",
       .import = "invalid path element \".\"",
       .file = "invalid path element \".\""},
      {.path = "x", .module = "missing dot in first path element"},
      {.path = "X.y/z", .module = "invalid char 'X' in first path element"},
      {.path = "x_.y/z", .module = "invalid char '_' in first path element"},
      {.path = "x.y/v1", .module = "invalid version"},
      {.path = "x.y/v02", .module = "invalid version"},
      {.path = "x.y/v2.1", .module = "invalid version"},
      {.path = "x.y/v2"},
      {.path = "gopkg.in/yaml", .module = "invalid version"},
      {.path = "gopkg.in/yaml.v01", .module = "invalid version"},
      {.path = "gopkg.in/yaml.v0"},
      {.path = "gopkg.in/yaml.v2-unstable"},
      {.path = "x.y/a+b", .module = "invalid char '+'"},
      {.path = "x.y/a b", .module = "invalid char ' '", .import = "invalid char ' '"},
      {.path = "x.y/a:b", .module = "invalid char ':'", .import = "invalid char ':'", .file = "invalid char ':'"},
      {.path = "x.y/a'b", .module = "invalid char '\\''", .import = "invalid char '\\''", .file = "invalid char '\\''"},
      {.path = "x.y/a\"b", .module = "invalid char '\"'", .import = "invalid char '\"'", .file = "invalid char '\"'"},
      {.path = "x.y/a\nb",
       .module = "invalid char '\\n'",
       .import = "invalid char '\\n'",
       .file = "invalid char '\\n'"},
      {.path = "x.y/a\u202Eb",
       .module = "invalid char '\\u202e'",
       .import = "invalid char '\\u202e'",
       .file = "invalid char '\\u202e'"},
      {.path = "x.y/\u00E9", .module = "invalid char '\u00E9'", .import = "invalid char '\u00E9'"},
      {.path = "x.y/CON",
       .module = "\"CON\" disallowed as path element component on Windows",
       .import = "\"CON\" disallowed as path element component on Windows",
       .file = "\"CON\" disallowed as path element component on Windows"},
      {.path = "x.y/aux.go",
       .module = "\"aux\" disallowed as path element component on Windows",
       .import = "\"aux\" disallowed as path element component on Windows",
       .file = "\"aux\" disallowed as path element component on Windows"},
      {.path = "x.y/com0.go"},
      {.path = "x.y/LpT9",
       .module = "\"LpT9\" disallowed as path element component on Windows",
       .import = "\"LpT9\" disallowed as path element component on Windows",
       .file = "\"LpT9\" disallowed as path element component on Windows"},
      {.path = "x.y/progra~1",
       .module = "trailing tilde and digits in path element",
       .import = "trailing tilde and digits in path element"},
      {.path = "x.y/progra~1.a~b",
       .module = "trailing tilde and digits in path element",
       .import = "trailing tilde and digits in path element"},
      {.path = "x.y/~"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.path);
    const auto ends = [](const std::string& text, std::string_view end) { return text.ends_with(end); };
    CHECK_MESSAGE(ends(reason_of(check_path(row.path)), row.module), reason_of(check_path(row.path)));
    CHECK_MESSAGE(ends(reason_of(check_import_path(row.path)), row.import), reason_of(check_import_path(row.path)));
    CHECK_MESSAGE(ends(reason_of(check_file_path(row.path)), row.file), reason_of(check_file_path(row.path)));
  }
}

TEST_CASE("a refused path is quoted, with its kind, in the words of the go command") {
  CHECK_ERROR(check_path("x"), Code::kBadModulePath, "malformed module path \"x\": missing dot in first path element");
  CHECK_ERROR(check_import_path("a b"), Code::kBadImportPath, "malformed import path \"a b\": invalid char ' '");
  CHECK_ERROR(check_file_path("a\tb"), Code::kBadFileName, "malformed file path \"a\\tb\": invalid char '\\t'");
}

TEST_CASE("file names may hold letters of every script, but no marks, digits or symbols beyond ASCII") {
  for (const std::string_view name : {"\u00E9", "\u4E2D\u6587", "\U00020000", "\u01C5", "\u02B0", "\u212A"}) {
    CAPTURE(name);
    CHECK(check_file_path(name).has_value());
  }
  for (const std::string_view name : {"e\u0301", "\u0660", "\u20AC", "\U0001F600", "\u00B7", "\u00A0", "\uFFFD"}) {
    CAPTURE(name);
    CHECK_FALSE(check_file_path(name).has_value());
  }
}

TEST_CASE("the major suffix is split off a path") {
  struct Row {
    std::string_view path, prefix, major;
  };
  constexpr Row kRows[] = {
      {"x.y/z", "x.y/z", ""},
      {"x.y/z/v2", "x.y/z", "/v2"},
      {"x.y/z/v10", "x.y/z", "/v10"},
      {"x.y/zv2", "x.y/zv2", ""},
      {"x.y/v", "x.y/v", ""},
      {"x.y/2", "x.y/2", ""},
      {"gopkg.in/yaml.v2", "gopkg.in/yaml", ".v2"},
      {"gopkg.in/yaml.v0", "gopkg.in/yaml", ".v0"},
      {"gopkg.in/yaml.v2-unstable", "gopkg.in/yaml", ".v2-unstable"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.path);
    const PathMajor split = REQUIRE_OK(split_path_major(row.path));
    CHECK(split.prefix == row.prefix);
    CHECK(split.major == row.major);
  }
  for (const std::string_view path : {"x.y/v1", "x.y/v0", "x.y/v02", "x.y/v1.2", "gopkg.in/yaml", "gopkg.in/yaml/v2",
                                      "gopkg.in/yaml.v02", "gopkg.in/yaml.v"}) {
    CAPTURE(path);
    CHECK_ERROR(split_path_major(path), Code::kBadModulePath, "invalid version");
  }
}

TEST_CASE("path and version must fit together") {
  struct Row {
    ModuleVersion module;
    std::string_view reason = "";
  };
  const Row kRows[] = {
      {.module = {"x.y/z", "v0.1.0"}},
      {.module = {"x.y/z", "v1"}},
      {.module = {"x.y/z", "v2.0.0+incompatible"}},
      {.module = {"x.y/z/v2", "v2.0.0"}},
      {.module = {"gopkg.in/yaml.v2", "v2.1.0"}},
      {.module = {"gopkg.in/yaml.v2-unstable", "v2.1.0"}},
      {.module = {"gopkg.in/check.v1", "v0.0.0-20161208181325-20d25e280405"}},
      {.module = {"x.y/z", "v2.0.0"}, .reason = "x.y/z@v2.0.0: invalid version: should be v0 or v1, not v2"},
      {.module = {"x.y/z/v2", "v3.0.0"}, .reason = "x.y/z/v2@v3.0.0: invalid version: should be v2, not v3"},
      {.module = {"gopkg.in/yaml.v2", "v1.0.0"},
       .reason = "gopkg.in/yaml.v2@v1.0.0: invalid version: should be v2, not v1"},
      {.module = {"x.y/z", "latest"}, .reason = "x.y/z@latest: invalid version: not a semantic version"},
      {.module = {"x", "v1.0.0"}, .reason = "malformed module path \"x\": missing dot in first path element"},
  };
  for (const Row& row : kRows) {
    CAPTURE(to_string(row.module));
    CHECK(reason_of(check(row.module)) == (row.reason.empty() ? "ok" : row.reason));
  }
  CHECK_ERROR(check_path_major("v2.0.0", ""), Code::kBadVersion,
              "version \"v2.0.0\" invalid: should be v0 or v1, not v2");
}

TEST_CASE("upper-case letters are escaped for case-insensitive file systems, and come back") {
  CHECK(REQUIRE_OK(escape_path("github.com/Azure/azure-SDK")) == "github.com/!azure/azure-!s!d!k");
  CHECK(REQUIRE_OK(unescape_path("github.com/!azure/azure-!s!d!k")) == "github.com/Azure/azure-SDK");
  CHECK(REQUIRE_OK(escape_version("v1.0.0-RC1")) == "v1.0.0-!r!c1");
  CHECK(REQUIRE_OK(unescape_version("v1.0.0-!r!c1")) == "v1.0.0-RC1");
  CHECK(REQUIRE_OK(escape_version("v2.0.0+incompatible")) == "v2.0.0+incompatible");
}

TEST_CASE("what cannot be escaped or unescaped is refused") {
  CHECK_ERROR(escape_path("x"), Code::kBadModulePath, "missing dot");
  CHECK_ERROR(escape_path("x.y/../z"), Code::kBadModulePath, "invalid path element \"..\"");
  for (const std::string_view version : {"", "a/b", "..", "v1!", "a\\b", "\u00E9", "con"}) {
    CAPTURE(version);
    CHECK_ERROR(escape_version(version), Code::kBadVersion, "disallowed version string");
  }
  for (const std::string_view path : {"github.com/Azure", "x.y/!", "x.y/!!a", "x.y/!1", "x.y/!A", "x.y/\u00E9"}) {
    CAPTURE(path);
    CHECK_ERROR(unescape_path(path), Code::kBadModulePath, "invalid escaped module path \"");
  }
  CHECK_ERROR(unescape_path("x.y/../z"), Code::kBadModulePath,
              "invalid escaped module path \"x.y/../z\": malformed module path \"x.y/../z\": invalid path element");
  CHECK_ERROR(unescape_version("V1"), Code::kBadVersion, "invalid escaped version \"V1\"");
  CHECK_ERROR(unescape_version("v1/x"), Code::kBadVersion, "invalid escaped version \"v1/x\": invalid char '/'");
}

TEST_CASE("patterns of private modules match a path's first elements") {
  struct Row {
    std::string_view patterns, path;
    bool matches;
  };
  constexpr Row kRows[] = {
      {"*.corp.example.com", "git.corp.example.com/xyzzy", true},
      {"*.corp.example.com", "corp.example.com/xyzzy", false},
      {"*/quote", "rsc.io/quote", true},
      {"*/quote", "rsc.io/quote/v3", true},
      {"*/quo*", "rsc.io/quote/v3", true},
      {"*quo*", "quotation.io/x", true},
      {"*x*", "rsc.io/x", false},
      {"rsc.io/quote/v3", "rsc.io/quote", false},
      {"a.b/,,c.d", "a.b/x", true},
      {",", "a.b", false},
      {"", "a.b", false},
      {"[a", "[a", false},
      {"[a,c.d", "c.d/e", true},
      {"a.b", "a.bc", false},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.patterns);
    CAPTURE(row.path);
    CHECK(match_prefix_patterns(row.patterns, row.path) == row.matches);
  }
}

TEST_CASE("names that differ in case only fold to one") {
  CHECK(fold_case("already/folded-1") == "already/folded-1");
  CHECK(fold_case("README.md") == "readme.md");
  CHECK(fold_case(kBigK) == "k");
  CHECK(fold_case(kLongS) == "s");
  CHECK(fold_case("\u03A3\u03C3\u03C2") == "\u03A3\u03A3\u03A3");  // the three sigmas
  CHECK(fold_case("\u00E9") == fold_case("\u00C9"));
  CHECK(fold_case("\U00010428") == fold_case("\U00010400"));
  CHECK(fold_case("\u0130") == "\u0130");  // the dotted I has no simple fold
  CHECK(fold_case("\u1E9E") == fold_case("\u00DF"));
  CHECK(fold_case("a\xFF") == "a\uFFFD");
}
