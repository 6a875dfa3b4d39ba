#include "vendor_tool/proof/vendor_check.hpp"

#include <algorithm>
#include <functional>

#include "tests/support/check.hpp"
#include "tests/unit/vendor_tool/proof/sample_project.hpp"

namespace modtool::vendor_tool {
namespace {

using test::Sample;
using test::text_of;

// The lines of modtool.sums that keep a file which is read and not vendored.
const std::string kKeptGen = "keep p/gen.go\n.//go:build ignore\n.\n.package p\n";

TEST_CASE("what was vendored is proven without the modules") {
  Sample sample;
  sample.modules.texts.clear();
  const auto report = REQUIRE_OK(sample.check());
  CHECK(text_of(report) == "");
  CHECK(report.passed());
  CHECK(report.files == 8);
  CHECK(report.modules == 3);
  CHECK(report.directories.size() == 1);
  CHECK(report.evidence == "modtool.sums");
}

TEST_CASE("vendor holds the plan, and modtool.sums what proves it") {
  const Sample sample;
  const auto files = sample.disk.files();
  CHECK(files.contains("/p/vendor/a.org/x/p/init.go"));
  CHECK(!files.contains("/p/vendor/a.org/x/p/gen.go"));
  CHECK(!files.contains("/p/vendor/.modtool-staged"));
  const auto sums = REQUIRE_OK(parse_sums(files.at("/p/modtool.sums"), "modtool.sums"));
  std::vector<std::string> blocks;
  for (const auto& block : sums.blocks) blocks.push_back(module::to_string(block.module));
  CHECK(blocks == std::vector<std::string>{"./lib", "a.org/x@v1.1.0", "a.org/x/n@v1.0.0", "f.org/fork@v1.2.0",
                                           "u.org/unused@v1.0.0"});
  CHECK(!sums.blocks[0].files.has_value());
  REQUIRE(sums.blocks[1].kept.size() == 1);
  CHECK(sums.blocks[1].kept[0].name == "p/gen.go");
  CHECK(!sums.blocks[4].files.has_value());
}

TEST_CASE("every change that go build accepts is found, named, and no mere staleness") {
  struct Case {
    std::string name;
    std::function<void(Sample&)> attack;
    std::string finding;
  };
  const Case cases[] = {
      {"an extra file", [](Sample& s) { s.disk.add("/p/vendor/a.org/x/p/evil.go", "package p\n"); },
       "MT4103 vendor/a.org/x/p/evil.go a file that vendoring does not put there"},
      {"a hidden extra file", [](Sample& s) { s.disk.add("/p/vendor/.evil", ""); }, "MT4103 vendor/.evil"},
      {"an extra file in a new directory", [](Sample& s) { s.disk.add("/p/vendor/e.org/e/e.go", ""); },
       "MT4103 vendor/e.org/e/e.go"},
      {"an empty directory", [](Sample& s) { s.disk.add_directory("/p/vendor/empty"); },
       "MT4103 vendor/empty an empty directory"},
      {"a deleted init-only file", [](Sample& s) { REQUIRE_OK(s.disk.remove_all("/p/vendor/a.org/x/p/init.go")); },
       "MT4102 vendor/a.org/x/p/init.go missing; its bytes are needed to tell what belongs here"},
      {"a deleted data file", [](Sample& s) { REQUIRE_OK(s.disk.remove_all("/p/vendor/a.org/x/p/data.txt")); },
       "MT4102 vendor/a.org/x/p/data.txt missing"},
      {"a modified file", [](Sample& s) { s.disk.add("/p/vendor/a.org/x/q/q.go", "package q // evil\n"); },
       "MT4101 vendor/a.org/x/q/q.go modified"},
      {"a modified licence", [](Sample& s) { s.disk.add("/p/vendor/a.org/x/LICENSE", "mine"); },
       "MT4101 vendor/a.org/x/LICENSE modified"},
      {"a file that is a link",
       [](Sample& s) {
         s.disk.add("/p/genuine", "package q\n");
         REQUIRE_OK(s.disk.remove_all("/p/vendor/a.org/x/q/q.go"));
         s.disk.add_link("/p/vendor/a.org/x/q/q.go", "/p/genuine");
       },
       "MT4104 vendor/a.org/x/q/q.go a symbolic link"},
      {"a directory that is a link",
       [](Sample& s) {
         REQUIRE_OK(s.disk.rename("/p/vendor/a.org", "/p/elsewhere"));
         s.disk.add_link("/p/vendor/a.org", "/p/elsewhere");
       },
       "MT4104 vendor/a.org a symbolic link"},
      {"vendor that is a link",
       [](Sample& s) {
         REQUIRE_OK(s.disk.rename("/p/vendor", "/p/elsewhere"));
         s.disk.add_link("/p/vendor", "/p/elsewhere");
       },
       "MT4104 vendor a symbolic link"},
      {"vendor that is a file",
       [](Sample& s) {
         REQUIRE_OK(s.disk.remove_all("/p/vendor"));
         s.disk.add("/p/vendor", "");
       },
       "MT4104 vendor not a directory"},
      {"vendor that is not there", [](Sample& s) { REQUIRE_OK(s.disk.remove_all("/p/vendor")); },
       "MT4102 vendor there is no vendor directory"},
      {"a special file in the place of modules.txt",
       [](Sample& s) {
         REQUIRE_OK(s.disk.remove_all("/p/vendor/modules.txt"));
         s.disk.add_special("/p/vendor/modules.txt");
       },
       "MT4104 vendor/modules.txt neither a regular file nor a directory"},
      {"a directory in the place of modules.txt",
       [](Sample& s) {
         REQUIRE_OK(s.disk.remove_all("/p/vendor/modules.txt"));
         s.disk.add("/p/vendor/modules.txt/x", "");
       },
       "MT4105 vendor/modules.txt cannot be read"},
      {"a special file in the place of a file",
       [](Sample& s) {
         REQUIRE_OK(s.disk.remove_all("/p/vendor/a.org/x/p/p.go"));
         s.disk.add_special("/p/vendor/a.org/x/p/p.go");
       },
       "MT4104 vendor/a.org/x/p/p.go neither a regular file nor a directory"},
      {"a directory in the place of a file",
       [](Sample& s) {
         REQUIRE_OK(s.disk.remove_all("/p/vendor/a.org/x/LICENSE"));
         s.disk.add_directory("/p/vendor/a.org/x/LICENSE");
       },
       "MT4104 vendor/a.org/x/LICENSE a directory in the place of a file"},
      {"a special file", [](Sample& s) { s.disk.add_special("/p/vendor/a.org/x/fifo"); },
       "MT4104 vendor/a.org/x/fifo neither a regular file"},
      {"another go version", [](Sample& s) { s.edit("/p/vendor/modules.txt", "go 1.20", "go 1.13"); },
       "MT4105 vendor/modules.txt:2 wrong line [## explicit; go 1.13 / ## explicit; go 1.20]"},
      {"another go version of a replaced module",
       [](Sample& s) { s.edit("/p/vendor/modules.txt", "go 1.18", "go 1.13"); },
       "wrong line [## explicit; go 1.13 / ## explicit; go 1.18]"},
      {"another go version of a directory's module",
       [](Sample& s) { s.edit("/p/vendor/modules.txt", "go 1.21", "go 1.13"); },
       "wrong line [## explicit; go 1.13 / ## explicit; go 1.21]"},
      {"a package line moved to another module",
       [](Sample& s) {
         s.edit("/p/vendor/modules.txt", "a.org/x/q\n", "");
         s.edit("/p/vendor/modules.txt", "l.org/lib\n# u", "l.org/lib\na.org/x/q\n# u");
       },
       "MT4105 vendor/modules.txt:4 a line is missing here [ / a.org/x/q]"},
      {"package lines in another order",
       [](Sample& s) { s.edit("/p/vendor/modules.txt", "a.org/x/p\na.org/x/q\n", "a.org/x/q\na.org/x/p\n"); },
       "MT4105 vendor/modules.txt"},
      {"a package line twice",
       [](Sample& s) { s.edit("/p/vendor/modules.txt", "a.org/x/q\n", "a.org/x/q\na.org/x/q\n"); },
       "MT4105 vendor/modules.txt"},
      {"a module line taken out",
       [](Sample& s) { s.edit("/p/vendor/modules.txt", "# u.org/unused v1.0.0\n## explicit\n", ""); },
       "MT4105 vendor/modules.txt:11 a line is missing here [ / # u.org/unused v1.0.0]"},
      {"a mark taken away",
       [](Sample& s) { s.edit("/p/vendor/modules.txt", "unused v1.0.0\n## explicit\n", "unused v1.0.0\n"); },
       "a line is missing here [ / ## explicit]"},
      {"a replacement taken away", [](Sample& s) { s.edit("/p/vendor/modules.txt", " => f.org/fork v1.2.0", ""); },
       "wrong line [# w.org/w v1.0.0 / # w.org/w v1.0.0 => f.org/fork v1.2.0]"},
      {"no modules.txt", [](Sample& s) { REQUIRE_OK(s.disk.remove_all("/p/vendor/modules.txt")); },
       "MT4102 vendor/modules.txt missing"},
      {"no vendor", [](Sample& s) { REQUIRE_OK(s.disk.remove_all("/p/vendor")); },
       "MT4102 vendor there is no vendor directory"},
      {"a file of a nested module in the outer one",
       [](Sample& s) { s.disk.add("/p/vendor/a.org/x/q/n.go", "package n\n"); }, "MT4103 vendor/a.org/x/q/n.go"},
      {"a file of the nested module exchanged for another of it",
       [](Sample& s) { s.disk.add("/p/vendor/a.org/x/n/n.go", "package p\n\nimport _ \"a.org/x/n\"\n"); },
       "MT4101 vendor/a.org/x/n/n.go modified"},
      {"genuine bytes of an older version", [](Sample& s) { s.disk.add("/p/vendor/a.org/x/LICENSE", "old licence\n"); },
       "MT4101 vendor/a.org/x/LICENSE modified"},
      {"an older version of what the analysis reads",
       [](Sample& s) { s.disk.add("/p/vendor/a.org/x/p/p.go", "package p // old\n"); },
       "MT4101 vendor/a.org/x/p/p.go modified"},
      {"an h1 line deleted", [](Sample& s) { s.drop_checksum({"a.org/x", "v1.1.0"}); },
       "MT4002 modtool.sums:8 no h1 checksum line for a.org/x@v1.1.0"},
      {"the line of a go.mod deleted", [](Sample& s) { s.drop_checksum({"u.org/unused", "v1.0.0/go.mod"}); },
       "MT4002 modtool.sums:42 no h1 checksum line for u.org/unused@v1.0.0/go.mod"},
      {"only an unknown algorithm",
       [](Sample& s) {
         s.drop_checksum({"a.org/x", "v1.1.0"});
         s.add_checksum({"a.org/x", "v1.1.0"}, "h2:abc=");
       },
       "MT4004 modtool.sums:8 a.org/x@v1.1.0 has only hashes of unknown algorithms"},
      {"conflicting h1 lines",
       [](Sample& s) { s.add_checksum({"a.org/x", "v1.1.0"}, "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="); },
       "MT4003 go.sum:11 another hash of a.org/x@v1.1.0 than in go.sum:3"},
      {"an edited copy of a replacing directory",
       [](Sample& s) { s.disk.add("/p/vendor/l.org/lib/lib.go", "package lib // evil\n"); },
       "MT4101 vendor/l.org/lib/lib.go modified"},
      {"a package that modules.txt does not list",
       [](Sample& s) { s.disk.add("/p/vendor/a.org/x/r/r.go", "package r\n"); }, "MT4103 vendor/a.org/x/r/r.go"},
      {"modtool.sums edited together with the tree",
       [](Sample& s) {
         s.disk.add("/p/vendor/a.org/x/q/q.go", "package q // evil\n");
         s.edit("/p/modtool.sums", to_base64(sha256("package q\n")), to_base64(sha256("package q // evil\n")));
       },
       "MT4001 modtool.sums:8 the list of files does not have the hash of its checksum line"},
      {"a file deleted and its name taken out of the list",
       [](Sample& s) {
         REQUIRE_OK(s.disk.remove_all("/p/vendor/a.org/x/p/data.txt"));
         auto sums = REQUIRE_OK(parse_sums(REQUIRE_OK(s.disk.read("/p/modtool.sums")), "modtool.sums"));
         std::erase_if(*sums.blocks[1].files, [](const auto& f) { return f.name == "p/data.txt"; });
         s.disk.add("/p/modtool.sums", format_sums(sums));
       },
       "MT4001 modtool.sums:8 the list of files"},
      {"a go.mod edited in modtool.sums together with modules.txt",
       [](Sample& s) {
         s.edit("/p/vendor/modules.txt", "go 1.20", "go 1.13");
         s.edit("/p/modtool.sums", ".go 1.20", ".go 1.13");
       },
       "MT4001 modtool.sums:8 the manifest does not have the hash of its checksum line"},
      {"a deleted file passed off as one left out",
       [](Sample& s) {
         REQUIRE_OK(s.disk.remove_all("/p/vendor/a.org/x/p/init.go"));
         s.edit("/p/modtool.sums", kKeptGen, kKeptGen + "keep p/init.go\n.package p\n");
       },
       "MT4001 modtool.sums:8 the kept bytes of \"p/init.go\" are not those of the module"},
      {"kept bytes taken out", [](Sample& s) { s.edit("/p/modtool.sums", kKeptGen, ""); },
       "MT4102 vendor/a.org/x/p/gen.go missing; its bytes are needed to tell what belongs here"},
      {"a genuine file kept that is vendored",
       [](Sample& s) { s.edit("/p/modtool.sums", kKeptGen, kKeptGen + "keep p/init.go\n.package p // init\n"); },
       "MT4108 modtool.sums:8 the bytes of \"p/init.go\" need not be kept"},
      {"a block taken out",
       [](Sample& s) {
         auto sums = REQUIRE_OK(parse_sums(REQUIRE_OK(s.disk.read("/p/modtool.sums")), "modtool.sums"));
         std::erase_if(sums.blocks, [](const auto& b) { return b.module.path == "a.org/x/n"; });
         s.disk.add("/p/modtool.sums", format_sums(sums));
       },
       "MT4108 modtool.sums it was made for other modules than are asked for now: it has no block of a.org/x/n@v1.0.0"},
      {"a list of files where none is needed",
       [](Sample& s) {
         auto sums = REQUIRE_OK(parse_sums(REQUIRE_OK(s.disk.read("/p/modtool.sums")), "modtool.sums"));
         sums.blocks[4].files = REQUIRE_OK(s.preimage({"u.org/unused", "v1.0.0"}));
         s.disk.add("/p/modtool.sums", format_sums(sums));
       },
       "the block has a list of files that is not needed"},
      {"a surplus block",
       [](Sample& s) {
         auto sums = REQUIRE_OK(parse_sums(REQUIRE_OK(s.disk.read("/p/modtool.sums")), "modtool.sums"));
         auto block = sums.blocks[1];
         block.module.version = "v1.0.0";
         block.files.reset();
         block.kept.clear();
         sums.blocks.insert(sums.blocks.begin() + 1, block);
         s.disk.add("/p/modtool.sums", format_sums(sums));
       },
       "MT4108 modtool.sums:8 surplus block"},
      {"another module's genuine block under this name",
       [](Sample& s) {
         auto sums = REQUIRE_OK(parse_sums(REQUIRE_OK(s.disk.read("/p/modtool.sums")), "modtool.sums"));
         sums.blocks[2].files = sums.blocks[3].files;
         s.disk.add("/p/modtool.sums", format_sums(sums));
       },
       "MT4001 modtool.sums"},
      {"line ends changed on checkout", [](Sample& s) { s.disk.add("/p/vendor/a.org/x/p/data.txt", "data\r\n"); },
       "MT4101 vendor/a.org/x/p/data.txt only its line ends differ"},
      {"line ends of modules.txt changed on checkout",
       [](Sample& s) {
         std::string text;
         for (const char c : REQUIRE_OK(s.disk.read("/p/vendor/modules.txt")))
           text += c == '\n' ? std::string("\r\n") : std::string(1, c);
         s.disk.add("/p/vendor/modules.txt", text);
       },
       "MT4105 vendor/modules.txt only its line ends differ"},
      {"what an interrupted run left", [](Sample& s) { s.disk.add("/p/vendor/.modtool-staged", "x"); },
       "MT4103 vendor/.modtool-staged left by a `modtool vendor` that was ended"},
      {"a replacing directory that is not there", [](Sample& s) { REQUIRE_OK(s.disk.remove_all("/p/lib")); },
       "MT4109 vendor/l.org/lib nothing vouches for this module: `./lib`, which replaces it, is not there"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    Sample sample;
    c.attack(sample);
    const auto report = REQUIRE_OK(sample.check());
    const auto text = text_of(report);
    CAPTURE(text);
    CHECK(report.has_unproven());
    CHECK_MESSAGE(text.find(c.finding) != std::string::npos, c.finding);
  }
}

TEST_CASE("a finding names the module and the checksum line that vouches for it") {
  Sample sample;
  sample.disk.add("/p/vendor/a.org/x/q/q.go", "package q // evil\n");
  const auto report = REQUIRE_OK(sample.check());
  REQUIRE(report.findings.size() == 1);
  const auto& finding = report.findings[0];
  CHECK(finding.module == "a.org/x@v1.1.0");
  CHECK(to_string(finding.anchor) == "go.sum:3");
  CHECK(finding.expected == "sha256:" + to_hex(sha256("package q\n")));
  CHECK(finding.actual == "sha256:" + to_hex(sha256("package q // evil\n")));
}

TEST_CASE("what mends most is vendoring anew, but a directory without an index may be anybody's") {
  struct Case {
    std::string name;
    std::function<void(Sample&)> change;
    std::string path;
    std::string fix;
  };
  const Case cases[] = {
      {"a missing file", [](Sample& s) { REQUIRE_OK(s.disk.remove_all("/p/vendor/a.org/x/p/data.txt")); },
       "vendor/a.org/x/p/data.txt", "modtool vendor"},
      {"a file more", [](Sample& s) { s.disk.add("/p/vendor/a.org/x/p/z.go", ""); }, "vendor/a.org/x/p/z.go",
       "modtool vendor"},
      {"a wrong index", [](Sample& s) { s.edit("/p/vendor/modules.txt", "go 1.20", "go 1.13"); }, "vendor/modules.txt",
       "modtool vendor"},
      {"no index", [](Sample& s) { REQUIRE_OK(s.disk.remove_all("/p/vendor/modules.txt")); }, "vendor/modules.txt",
       "mv vendor vendor.old && modtool vendor"},
      {"two checksum lines", [](Sample& s) { s.add_checksum({"a.org/x", "v1.1.0"}, "h1:another"); }, "go.sum", ""},
  };
  for (const auto& [name, change, path, fix] : cases) {
    CAPTURE(name);
    Sample sample;
    change(sample);
    const auto report = REQUIRE_OK(sample.check());
    const auto found = std::ranges::find(report.findings, path, &Finding::path);
    CAPTURE(text_of(report));
    REQUIRE(found != report.findings.end());
    CHECK(to_command(found->fix) == fix);
  }
}

TEST_CASE("all modified, missing and extra files are told, also where one keeps the plan from being made") {
  Sample sample;
  sample.disk.add("/p/vendor/a.org/x/p/p.go", "package p // evil\n");
  sample.disk.add("/p/vendor/a.org/x/p/evil.go", "evil\n");
  REQUIRE_OK(sample.disk.remove_all("/p/vendor/a.org/x/p/data.txt"));
  REQUIRE_OK(sample.disk.remove_all("/p/vendor/w.org/w/w.go"));
  const auto text = text_of(REQUIRE_OK(sample.check()));
  CAPTURE(text);
  CHECK(text.find("MT4101 vendor/a.org/x/p/p.go modified") != std::string::npos);
  CHECK(text.find("MT4103 vendor/a.org/x/p/evil.go") != std::string::npos);
  CHECK(text.find("MT4102 vendor/a.org/x/p/data.txt missing") != std::string::npos);
  CHECK(text.find("MT4102 vendor/w.org/w/w.go missing; its bytes are needed") != std::string::npos);
}

TEST_CASE("an unproven module passes where it is allowed, and is named") {
  Sample sample;
  REQUIRE_OK(sample.disk.remove_all("/p/lib"));
  sample.allow_unproven = {"l.org/lib"};
  const auto report = REQUIRE_OK(sample.check());
  CHECK(text_of(report) == "");
  CHECK(report.unproven_allowed == std::vector<std::string>{"l.org/lib"});
}

TEST_CASE("allowing one unproven module covers nothing else") {
  Sample sample;
  REQUIRE_OK(sample.disk.remove_all("/p/lib"));
  sample.allow_unproven = {"l.org/lib"};
  sample.disk.add("/p/vendor/a.org/x/q/q.go", "evil\n");
  CHECK(text_of(REQUIRE_OK(sample.check())).find("MT4101 vendor/a.org/x/q/q.go") != std::string::npos);
  Sample other;
  REQUIRE_OK(other.disk.remove_all("/p/lib"));
  other.allow_unproven = {"a.org/x"};
  CHECK(REQUIRE_OK(other.check()).has_unproven());
}

TEST_CASE("a missing file in an empty planned directory is no finding: version control keeps no empty directories") {
  Sample sample;
  sample.publish("-- e.org/e@v1.0.0/e_test.go --\npackage e\n");
  sample.require({"e.org/e", "v1.0.0"});
  sample.imports.push_back("e.org/e");
  REQUIRE_OK(sample.vendor());
  CHECK(is_there(sample.disk, "/p/vendor/e.org/e"));
  REQUIRE_OK(sample.disk.remove_all("/p/vendor/e.org"));
  CHECK(text_of(REQUIRE_OK(sample.check())) == "");
}

TEST_CASE("without modtool.sums the modules themselves are the evidence, checked as strictly") {
  Sample sample;
  REQUIRE_OK(sample.disk.remove_all("/p/modtool.sums"));
  sample.use_modules = true;
  const auto report = REQUIRE_OK(sample.check());
  CHECK(text_of(report) == "");
  CHECK(report.evidence == "module cache");

  SUBCASE("a modified file") {
    sample.disk.add("/p/vendor/a.org/x/q/q.go", "evil\n");
    CHECK(text_of(REQUIRE_OK(sample.check())).find("MT4101 vendor/a.org/x/q/q.go modified") != std::string::npos);
  }
  SUBCASE("a module that does not have its hash") {
    sample.modules.texts[{"a.org/x", "v1.1.0"}]["q/q.go"] = "evil\n";
    CHECK(text_of(REQUIRE_OK(sample.check())).find("MT4001 module cache the list of files") != std::string::npos);
  }
  SUBCASE("a module that is not there") {
    sample.modules.texts.erase({"a.org/x", "v1.1.0"});
    CHECK(text_of(REQUIRE_OK(sample.check())).find("MT4107 vendor nothing here vouches for it") != std::string::npos);
  }
  SUBCASE("a deleted h1 line") {
    sample.drop_checksum({"a.org/x", "v1.1.0"});
    CHECK(text_of(REQUIRE_OK(sample.check())).find("MT4002") != std::string::npos);
  }
}

TEST_CASE("a failure that has its cause in the project is told as it is") {
  Sample sample;
  sample.imports.push_back("nowhere.org/x");
  CHECK_ERROR(sample.check(), Code::kMissingModule, "no required module provides package nowhere.org/x");
}

TEST_CASE("a check writes nothing") {
  Sample sample;
  sample.disk.clear_paths();
  const auto before = sample.disk.files();
  REQUIRE_OK(sample.check());
  CHECK(sample.disk.files() == before);
  CHECK(sample.disk.written_paths().empty());
}

TEST_CASE("equal input gives an equal report") {
  Sample sample;
  sample.disk.add("/p/vendor/a.org/x/q/q.go", "evil\n");
  sample.disk.add("/p/vendor/evil.go", "evil\n");
  CHECK(REQUIRE_OK(sample.check()).findings == REQUIRE_OK(sample.check()).findings);
}

TEST_CASE("where no plan can be made either, what stands in the place of modules.txt is told as what it is") {
  Sample sample;
  sample.require({"a.org/x", "v1.0.0"});  // modtool.sums does not know it
  REQUIRE_OK(sample.disk.remove_all("/p/vendor/modules.txt"));
  SUBCASE("a link") {
    sample.disk.add_link("/p/vendor/modules.txt", "../go.mod");
    CHECK(text_of(REQUIRE_OK(sample.check())).contains("MT4104 vendor/modules.txt "));
  }
  SUBCASE("a directory") {
    sample.disk.add("/p/vendor/modules.txt/x", "");
    CHECK(text_of(REQUIRE_OK(sample.check())).contains("MT4105 vendor/modules.txt "));
  }
}

TEST_CASE("no finding stands before itself, nor before what is equal in all that it says") {
  const Finding finding{.path = "vendor/a", .line = 3, .module = "a.org/a@v1.0.0", .message = "modified"};
  CHECK(!finding_less(finding, finding));
  Finding later = finding;
  later.line = 4;
  CHECK(finding_less(finding, later));
  CHECK(!finding_less(later, finding));
}

}  // namespace
}  // namespace modtool::vendor_tool
