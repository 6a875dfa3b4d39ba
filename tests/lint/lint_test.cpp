// Each lint finds a planted violation, and nothing in the same tree without it.
#include <doctest/doctest.h>

#include "tests/lint/lints.hpp"

using namespace modtool::lint;

namespace {

struct Planted {
  const char* name;
  SourceFile file;
  Findings expected;
};

void check_planted(Findings (*lint)(const SourceTree&), const std::vector<Planted>& table) {
  for (const auto& planted : table) {
    CAPTURE(planted.name);
    const auto findings = lint({planted.file});
    std::string text;
    for (const auto& finding : findings) text += to_string(finding) + "\n";
    INFO(text);
    CHECK(findings == planted.expected);
  }
}

std::string lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "int a;\n";
  return text;
}

}  // namespace

TEST_CASE("includes follow the arrows between the layers") {
  check_planted(check_layers,
                {
                    {"down is allowed", {"core/io/a.cpp", "#include \"core/base/text.hpp\"\n"}, {}},
                    {"what an arrow reaches, its arrows reach too",
                     {"core/project/a.cpp", "#include \"core/mvs/mvs.hpp\"\n"},
                     {}},
                    {"up is not",
                     {"core/base/a.cpp", "\n#include \"core/io/zip.hpp\"\n"},
                     {{"core/base/a.cpp", 2, "core/base may not include core/io"}}},
                    {"nor to the side",
                     {"core/gomod/a.hpp", "#include \"core/native/lock.hpp\"\n"},
                     {{"core/gomod/a.hpp", 1, "core/gomod may not include core/native"}}},
                    {"nobody includes cli",
                     {"graph/a.cpp", "#include \"cli/console.hpp\"\n"},
                     {{"graph/a.cpp", 1, "graph may not include cli"}}},
                    {"product code includes no test",
                     {"cli/a.cpp", "#include \"tests/support/check.hpp\"\n"},
                     {{"cli/a.cpp", 1, "product code includes a test's header"}}},
                    {"includes are rooted at the repository",
                     {"cli/a.cpp", "#include \"console.hpp\"\n"},
                     {{"cli/a.cpp", 1, "`console.hpp` is not a path from the top of the repository"}}},
                    {"a comment is no include",
                     {"core/base/a.cpp", "// #include \"cli/a.hpp\"\n/*\n#include \"cli/b.hpp\"\n*/"},
                     {}},
                    {"a new folder is entered in the table",
                     {"core/fast/a.cpp", ""},
                     {{"core/fast/a.cpp", 0, "the folder is not a layer of the table in tests/lint/layers.cpp"}}},
                    {"tests may include everything", {"tests/unit/a.cpp", "#include \"cli/console.hpp\"\n"}, {}},
                    {"libraries follow them too",
                     {"core/mvs/CMakeLists.txt", "modtool_layer(mvs\n  USES base module\n  io)\n"},
                     {{"core/mvs/CMakeLists.txt", 0, "core/mvs may not link to io"}}},
                });
}

TEST_CASE("third parties are included behind their door only") {
  check_planted(
      check_layers,
      {
          {"the door itself", {"core/io/http_curl.cpp", "#include <curl/curl.h>\n"}, {}},
          {"a door of several files", {"core/git/git_tree.cpp", "#include <git2.h>\n"}, {}},
          {"another file",
           {"core/source/proxy.cpp", "#include <curl/curl.h>\n"},
           {{"core/source/proxy.cpp", 1, "<curl/curl.h> is included outside its door"}}},
          {"a header, even beside the door",
           {"cli/flags.hpp", "#include <CLI/CLI.hpp>\n"},
           {{"cli/flags.hpp", 1, "a header includes <CLI/CLI.hpp>, which only sources behind its door may"}}},
          {"the header that the sources of a door share", {"core/git/git_library.hpp", "#include <git2.h>\n"}, {}},
          {"which they include", {"core/git/git_tree.cpp", "#include \"core/git/git_library.hpp\"\n"}, {}},
          {"and nobody else",
           {"core/project/a.cpp", "#include \"core/git/git_library.hpp\"\n"},
           {{"core/project/a.cpp", 1, "`core/git/git_library.hpp` is included outside its door"}}},
          {"no other header either",
           {"core/git/git_tree.hpp", "#include \"core/git/git_library.hpp\"\n"},
           {{"core/git/git_tree.hpp", 1, "`core/git/git_library.hpp` is included outside its door"}}},
          {"a test library in the product",
           {"core/base/text.cpp", "#include <doctest/doctest.h>\n"},
           {{"core/base/text.cpp", 1, "<doctest/doctest.h> is included outside its door"}}},
      });
}

TEST_CASE("nothing below cli prints, exits or reads the environment") {
  const std::string why = "only cli prints, exits or reads the environment";
  check_planted(
      check_quiet,
      {
          {"exit", {"core/io/a.cpp", "void f() {\n  std::exit(1);\n}\n"}, {{"core/io/a.cpp", 2, "`exit(`: " + why}}},
          {"getenv", {"graph/a.cpp", "auto h = getenv(\"HOME\");"}, {{"graph/a.cpp", 1, "`getenv(`: " + why}}},
          {"cout", {"vendor_tool/a.hpp", "std::cout << 1;"}, {{"vendor_tool/a.hpp", 1, "`cout`: " + why}}},
          {"in a comment", {"core/io/a.cpp", "// printf( is not used\n"}, {}},
          {"in a string", {"core/io/a.cpp", "auto s = \"exit(\";\nauto r = R\"x(abort()\")x\";"}, {}},
          {"as part of a word", {"core/io/a.cpp", "snprintf(b, 1, \"\"); _exit(1); on_exit(x);"}, {}},
          {"after a digit separator",
           {"core/io/a.cpp", "int a = 1'000; abort();"},
           {{"core/io/a.cpp", 1, "`abort(`: " + why}}},
          {"in cli", {"cli/console.cpp", "printf(\"x\");"}, {}},
      });
}

TEST_CASE("every error code has a page and a test") {
  const SourceFile table{"core/base/error_code.hpp", "enum class Code {\n  kUsage = 1,  // x\n  kBadZip = 8009,\n};\n"};
  const SourceFile test{"tests/unit/a_test.cpp", "CHECK_ERROR(f(), Code::kUsage, \"\");"};
  const SourceFile script{"tests/scripts/a.txtar", "stderr MT8009\n"};
  const SourceFile page{"docs/errors/MT0001.md", "# MT0001\n"};
  const SourceFile other_page{"docs/errors/MT8009.md", "# MT8009\n"};

  CHECK(check_codes({table, test, script, page, other_page}).empty());
  CHECK(check_codes({table, test, script, page}) ==
        Findings{{table.path, 3, "kBadZip (MT8009) has no page in docs/errors/"}});
  CHECK(check_codes({table, script, page, other_page}) ==
        Findings{{table.path, 2, "kUsage (MT0001) is named by no test"}});
  CHECK(check_codes({table, test, script, page, other_page, {"docs/errors/MT7777.md", "# MT7777\n"}}) ==
        Findings{{"docs/errors/MT7777.md", 0, "no code has this page"}});
  CHECK(check_codes({page}) == Findings{{table.path, 0, "the table of codes is gone"}});
  CHECK(check_codes({{table.path, "enum {};"}}) == Findings{{table.path, 0, "no code could be read from the table"}});
}

TEST_CASE("what others include of a layer is its face") {
  const SourceFile page{"ARCHITECTURE.md",
                        "# A\n\ncore/io: all\n\n## Faces\n\ncore/base: *\ncore/io: zip\n\n## Other\n\ncore/mvs: x\n"};
  const SourceFile good{"core/source/a.cpp", "#include \"core/io/zip.hpp\"\n#include \"core/base/text.hpp\"\n"};
  const SourceFile bad{"core/source/b.cpp", "#include \"core/io/disk.hpp\"\n"};
  const SourceFile inside{"core/io/a.cpp", "#include \"core/io/disk.hpp\"\n"};
  CHECK(check_faces({page, good, inside}).empty());
  CHECK(check_faces({page, good, bad}) ==
        Findings{{bad.path, 1, "`disk` is not in the face of core/io (ARCHITECTURE.md)"}});
  CHECK(check_faces({page, inside}) == Findings{{page.path, 0, "nobody else includes `zip` of core/io"}});
  CHECK(check_faces({good}) == Findings{{page.path, 0, "it lists no faces"}});
}

TEST_CASE("the console is for commands and cli's top, and a dialect for its row") {
  const std::string console = "` is for cli/commands and cli's own top";
  const std::string dialect = "` is a dialect's own, and this is no row of project's table";
  check_planted(
      check_house,
      {
          {"a session below",
           {"core/engine/a.hpp", "struct Session;\n"},
           {{"core/engine/a.hpp", 1, "`Session" + console}}},
          {"a console in a task",
           {"cli/tasks/a.cpp", "\nvoid f(Console& c);\n"},
           {{"cli/tasks/a.cpp", 2, "`Console" + console}}},
          {"in a comment", {"cli/tasks/a.cpp", "// no Console here\n"}, {}},
          {"in a command", {"cli/commands/a.cpp", "Session& s;\n"}, {}},
          {"at the top", {"cli/run.cpp", "Session& s;\n"}, {}},
          {"a dialect above its row",
           {"core/engine/a.cpp", "#include \"core/gomod/go_dialect.hpp\"\n"},
           {{"core/engine/a.cpp", 1, "`core/gomod/go_dialect.hpp" + dialect}}},
          {"a dialect in its row", {"core/project/go_row.cpp", "#include \"core/gomod/go_dialect.hpp\"\n"}, {}},
          {"another one there",
           {"core/project/go_row.cpp", "#include \"core/native/fields.hpp\"\n"},
           {{"core/project/go_row.cpp", 1, "`core/native/fields.hpp" + dialect}}},
          {"tasks that grow",
           {"cli/tasks/a.cpp", lines(1501)},
           {{"cli/tasks/", 0, "1501 lines: what computes belongs below"}}},
      });
}

TEST_CASE("nothing is left for later, and long files are told") {
  check_planted(
      check_shape,
      {{"left for later", {"cli/a.cpp", "// TODO: all\n"}, {{"cli/a.cpp", 1, "`TODO`: nothing is left for later"}}}});
  check_planted(
      look_for_length,
      {
          {"400 lines", {"core/io/a.cpp", lines(400)}, {}},
          {"401 lines", {"core/io/a.cpp", lines(401)}, {{"core/io/a.cpp", 0, "401 lines: perhaps two rooms in one"}}},
          {"600 lines of tests", {"tests/unit/a.cpp", lines(600)}, {}},
          {"601 lines of tests",
           {"tests/unit/a.cpp", lines(601)},
           {{"tests/unit/a.cpp", 0, "601 lines: perhaps two rooms in one"}}},
      });
}

TEST_CASE("a released program with a hook of go's tests is found") {
  CHECK(check_binary("modtool", std::string("\0ELF GOPROXY", 12)).empty());
  CHECK(check_binary("modtool", std::string("\0x\0TESTGO_VERSION", 17)).size() == 1);
}

TEST_CASE("every fix that is made is typed by a test, or a test says why not") {
  const std::string maker =
      "Result<int> open(int a,\n                 int b) {\n  return "
      "fail(Fix::modtool(\"x\").then(Fix::command({})));\n}\n\n"
      "class A {\n  Fix help() const {\n    if (a) return {};\n    return Fix::again(\"x\");\n  }\n};\n";
  const SourceFile made{"core/io/a.cpp", maker};
  const Finding open{"core/io/a.cpp", 3, "of 1 fixes tests type 0: `fix core/io/a.cpp:open`"};
  const Finding help{"core/io/a.cpp", 9, "of 1 fixes tests type 0: `fix core/io/a.cpp:help`"};
  struct Case {
    SourceFile test;
    Findings expected;
  };
  for (const auto& [test, expected] : std::vector<Case>{
           {{"tests/scripts/a.txtar", "fix core/io/a.cpp:open\nuntyped core/io/a.cpp:help 'it needs root'\n"}, {}},
           {{"tests/scripts/a.txtar", "fix -next core/io/a.cpp:open core/io/a.cpp:help\n"}, {}},
           {{"tests/process/a.cpp",
             "type();  // fix core/io/a.cpp:open\n// untyped core/io/a.cpp:help since nobody may\n"},
            {}},
           {{"tests/scripts/a.txtar", "fix core/io/a.cpp:help\n# fix core/io/a.cpp:open\n"}, {open}},
           {{"tests/lint/a.cpp", "// fix core/io/a.cpp:open core/io/a.cpp:help\n"}, {help, open}},
           {{"tests/scripts/a.txtar", "fix core/io/a.cpp:open core/io/a.cpp:help\nfix core/io/b.cpp:open\n"},
            {{"tests/scripts/a.txtar", 2, "no fix is made in core/io/b.cpp:open"}}},
       }) {
    std::string text;
    for (const auto& finding : check_fixes({made, test})) text += to_string(finding) + "\n";
    CAPTURE(test.text);
    CAPTURE(text);
    CHECK(check_fixes({made, test}) == expected);
  }
}
