#include "core/packages/lost_inputs.hpp"

#include <fmt/ranges.h>

#include "core/module/module_tree.hpp"
#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::packages;

namespace {

using Files = std::map<std::string, std::string>;
using Names = std::vector<std::string>;

// What is lost where all that lies directly in the directories of packages is vendored: of each package
// "directory: files | globs".
std::string lost_of(const Files& files, const Names& packages, const Names& kept = {}) {
  const IndexedTree tree(std::shared_ptr<const module::ModuleTree>(module::make_memory_tree(files)));
  Names vendored;
  for (const auto& [name, bytes] : files) {
    const bool is_of_package = std::ranges::find(packages, parent_of(name)) != packages.end();
    if (is_of_package || std::ranges::find(kept, name) != kept.end()) vendored.push_back(name);
  }
  Names lines;
  for (const auto& [directory, lost, globs] : REQUIRE_OK(find_lost_inputs(tree, packages, vendored))) {
    lines.push_back(fmt::format("{}: {} | {}", directory, fmt::join(lost, " "), fmt::join(globs, " ")));
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string cgo(std::string_view preamble) { return fmt::format("package p\n\n/*\n{}\n*/\nimport \"C\"\n", preamble); }

}  // namespace

TEST_CASE("what a preamble includes beside the package is lost, and what that includes") {
  CHECK(lost_of({{"p/p.go", cgo("#include \"../c/a.h\"\n#  include  \"own.h\"\n#include <stdio.h>")},
                 {"p/own.h", ""},
                 {"c/a.h", "#include \"deep/b.h\"\n#include \"gone.h\""},
                 {"c/deep/b.h", "#include \"../a.h\"\n"},
                 {"c/other.h", ""}},
                {"p"}) == "p: c/a.h c/deep/b.h | c/*.h c/deep/*.h");
}

TEST_CASE("line comments before the import are a preamble, too; what stands behind it is not") {
  CHECK(lost_of(
            {{"p/p.go",
              "package p\n\n// #include \"../a.h\"\n\t//#include \"../b.h\"\nimport \"C\"\n\nvar x int\n\n// #include "
              "\"../c.h\"\n"},
             {"a.h", ""},
             {"b.h", ""},
             {"c.h", ""}},
            {"p"}) == "p: a.h b.h | *.h");
}

TEST_CASE("headers are looked for where the flags say, quoted ones beside the file first") {
  const Files files = {
      {"p/p.go", cgo("#cgo linux,amd64 CFLAGS: -DX=1\t-I${SRCDIR}/lib/include\t-I../c \"-isystem\" ${SRCDIR}/../sys\n"
                     "#include <a.h>\n#include \"b.h\"\n#include <s.h>")},
      {"p/lib/include/a.h", "#include <deep/b.h>"},
      {"p/lib/include/deep/b.h", ""},
      {"p/b.h", ""},
      {"c/a.h", ""},
      {"c/b.h", ""},
      {"sys/s.h", ""}};
  CHECK(lost_of(files, {"p"}) == "p: p/lib/include/a.h p/lib/include/deep/b.h sys/s.h | p/lib/include/** sys/**");
}

TEST_CASE("of directories that are searched one inside the other the outer one is named") {
  CHECK(lost_of({{"p/p.go", cgo("#cgo CFLAGS: -I ./lib -I./lib/src/\n#include \"lib/src/a.c\"")},
                 {"p/lib/src/a.c", "#include \"b.h\"\n#include \"include/c.h\""},
                 {"p/lib/src/b.h", ""},
                 {"p/lib/include/c.h", ""}},
                {"p"}) == "p: p/lib/include/c.h p/lib/src/a.c p/lib/src/b.h | p/lib/**");
}

TEST_CASE("a directory that holds the package itself is never named whole") {
  CHECK(lost_of({{"p/q/p.go", cgo("#cgo CFLAGS: -I${SRCDIR}/../.. -I${SRCDIR}/..\n#include <a.h>\n#include \"x/b\"")},
                 {"a.h", ""},
                 {"p/x/b", ""}},
                {"p/q"}) == "p/q: a.h p/x/b | *.h p/x/b");
}

TEST_CASE("libraries that are linked are lost: a file that is named, or those of a directory") {
  CHECK(
      lost_of({{"p/p.go",
                cgo("#cgo LDFLAGS: -L${SRCDIR}/lib -lx ${SRCDIR}/../y/liby.a -Wl,-rpath,${SRCDIR}/run,--no-undefined")},
               {"p/lib/libx.a", ""},
               {"p/lib/README", ""},
               {"p/run/libz.so.1", ""},
               {"y/liby.a", ""}},
              {"p"}) == "p: p/lib/libx.a p/run/libz.so.1 y/liby.a | p/lib/*.a p/run/*.1 y/*.a");
}

TEST_CASE("sources of other languages include, without cgo as well") {
  CHECK(
      lost_of(
          {{"p/p.go", "package p\n"}, {"p/x.s", "#include \"textflag.h\"\n#include \"../asm/m.h\"\n"}, {"asm/m.h", ""}},
          {"p"}) == "p: asm/m.h | asm/*.h");
  CHECK(lost_of({{"p/p.go", cgo("")}, {"p/x.cpp", "#import \"../c/x.inc\"\n"}, {"c/x.inc", ""}}, {"p"}) ==
        "p: c/x.inc | c/*.inc");
}

TEST_CASE("nothing is lost that is kept, outside the module, a Go file, or included by no package") {
  const Files files = {{"p/p.go", cgo("#include \"../c/a.h\"\n#include \"../../../etc/b.h\"\n#include \"/c/b.h\"\n"
                                      "#include \"../c/c.go\"\n#include \"unended")},
                       {"q/q.go", "package q\n\n// #include \"../c/b.h\"\n"},
                       {"c/a.h", ""},
                       {"c/b.h", ""},
                       {"c/c.go", ""},
                       {"etc/b.h", ""}};
  CHECK(lost_of(files, {"p", "q"}, {"c/a.h"}).empty());
  CHECK(lost_of(files, {"q"}).empty());
}

TEST_CASE("what a kept header includes is followed, too") {
  CHECK(lost_of({{"p/p.go", cgo("#include \"../c/a.h\"")}, {"c/a.h", "#include \"b.h\""}, {"c/b.h", ""}}, {"p"},
                {"c/a.h"}) == "p: c/b.h | c/*.h");
}

TEST_CASE("globs stand for the names themselves, whatever letters these have") {
  CHECK(lost_of({{"p.go", cgo("#include \"c[1]/a.h\"")}, {"c[1]/a.h", ""}}, {""}) == ": c[1]/a.h | c\\[1]/*.h");
}
