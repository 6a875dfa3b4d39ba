// Trees that are genuine and out of date, and those that only look so.
#include "vendor_tool/proof/vendor_check.hpp"

#include <functional>

#include "tests/support/check.hpp"
#include "tests/unit/vendor_tool/proof/sample_project.hpp"

namespace modtool::vendor_tool {
namespace {

using test::Sample;
using test::text_of;
using test::ToyProject;

TEST_CASE("a genuine tree that the manifest no longer asks for is stale, not unproven") {
  struct Case {
    std::string name;
    std::function<void(Sample&)> change;
    std::string finding;
  };
  const Case cases[] = {
      {"another version is required", [](Sample& s) { s.require({"a.org/x", "v1.0.0"}); },
       "MT4110 vendor/modules.txt:1 the manifest requires v1.0.0"},
      {"a requirement was dropped", [](Sample& s) { s.require({"u.org/unused", ""}); },
       "MT4110 vendor/modules.txt:11 is vendored and no longer asked for"},
      {"a requirement was added",
       [](Sample& s) {
         s.publish("-- z.org/z@v1.0.0/z.go --\npackage z\n");
         s.require({"z.org/z", "v1.0.0"});
       },
       "MT4110 vendor/modules.txt is asked for and not vendored"},
      {"a package is no longer used", [](Sample& s) { s.imports = {"a.org/x/p", "l.org/lib", "w.org/w"}; },
       "\"a.org/x/q\" is vendored and no longer used"},
      {"another package is used", [](Sample& s) { s.imports.push_back("a.org/x/r"); },
       "MT4110 vendor/a.org/x/r is used and not vendored"},
      {"another module's only package is no longer used",
       [](Sample& s) { s.imports = {"a.org/x/p", "a.org/x/q", "l.org/lib"}; },
       "\"w.org/w\" is vendored and no longer used"},
      {"a replacement was added", [](Sample& s) { s.replace({"u.org/unused", ""}, {"g.org/fork", "v1.2.0"}); },
       "is replaced by g.org/fork@v1.2.0 now"},
      {"another version of a replacement is asked for",
       [](Sample& s) {
         s.publish(
             "-- f.org/fork@v1.3.0/go.mod --\nmodule f.org/fork\ngo 1.18\n-- f.org/fork@v1.3.0/w.go --\npackage w\n");
         s.replace({"w.org/w", "v1.0.0"}, {"f.org/fork", "v1.3.0"});
       },
       "MT4110 vendor/modules.txt:13 is replaced by f.org/fork@v1.2.0 in the index and by f.org/fork@v1.3.0 in the "
       "manifest"},
      {"a directory's manifest changed",
       [](Sample& s) { s.disk.add("/p/lib/go.mod", "module l.org/lib\ngo 1.21\n// more\n"); },
       "MT4110 modtool.sums the copy of the directory's go.mod is out of date"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    Sample sample;
    c.change(sample);
    const auto report = REQUIRE_OK(sample.check());
    const auto text = text_of(report);
    CAPTURE(text);
    CHECK(!report.passed());
    CHECK(!report.has_unproven());
    CHECK_MESSAGE(text.find(c.finding) != std::string::npos, c.finding);
  }
}

TEST_CASE("a change of the manifest excuses no change of the tree") {
  struct Case {
    std::string name;
    std::function<void(Sample&)> attack;
  };
  const Case attacks[] = {
      {"a modified file", [](Sample& s) { s.disk.add("/p/vendor/a.org/x/q/q.go", "package q // evil\n"); }},
      {"an extra file", [](Sample& s) { s.disk.add("/p/vendor/a.org/x/q/evil.go", "package q\n"); }},
      {"a deleted file", [](Sample& s) { REQUIRE_OK(s.disk.remove_all("/p/vendor/a.org/x/p/init.go")); }},
      {"a link", [](Sample& s) { s.disk.add_link("/p/vendor/link", "x"); }},
      {"another go version", [](Sample& s) { s.edit("/p/vendor/modules.txt", "go 1.20", "go 1.13"); }},
      {"a deleted h1 line", [](Sample& s) { s.drop_checksum({"a.org/x", "v1.1.0"}); }},
      {"a genuine tree of a module that nothing vouches for",
       [](Sample& s) { s.edit("/p/vendor/modules.txt", "# a.org/x v1.1.0", "# a.org/x v1.0.0"); }},
      {"a directory that the manifest does not name", [](Sample& s) { s.edit("/p/vendor/modules.txt", "./lib", "/"); }},
  };
  const std::function<void(Sample&)> changes[] = {
      [](Sample& s) { s.require({"a.org/x", "v1.0.0"}); },
      [](Sample& s) { s.require({"u.org/unused", ""}); },
      [](Sample& s) { s.imports.push_back("a.org/x/r"); },
  };
  for (const auto& attack : attacks) {
    for (const auto& change : changes) {
      CAPTURE(attack.name);
      CAPTURE(&change - changes);
      Sample sample;
      attack.attack(sample);
      change(sample);
      const auto report = REQUIRE_OK(sample.check());
      CAPTURE(text_of(report));
      CHECK(report.has_unproven());
    }
  }
}

TEST_CASE("of a module at two versions, both proven, a stale tree may not have files") {
  ToyProject project;
  project.publish(R"(
-- t.org/t@v1.0.0/go.mod --
module t.org/t
-- t.org/t@v1.0.0/q/q.go --
package q // old
-- t.org/t@v1.1.0/go.mod --
module t.org/t
-- t.org/t@v1.1.0/p/p.go --
package p
-- t.org/t@v1.2.0/go.mod --
module t.org/t
-- t.org/t@v1.2.0/p/p.go --
package p
)");
  project.require({"t.org/t", "v1.1.0"});
  project.imports = {"t.org/t/p"};
  REQUIRE_OK(project.vendor());
  auto sums = REQUIRE_OK(parse_sums(REQUIRE_OK(project.disk.read("/p/modtool.sums")), "modtool.sums"));
  sums.blocks.insert(sums.blocks.begin(), {.module = {"t.org/t", "v1.0.0"},
                                           .manifest = "module t.org/t\n",
                                           .files = REQUIRE_OK(project.preimage({"t.org/t", "v1.0.0"}))});
  project.disk.add("/p/modtool.sums", format_sums(sums));
  project.disk.add("/p/vendor/t.org/t/q/q.go", "package q // old\n");
  project.disk.add("/p/vendor/modules.txt", "# t.org/t v1.1.0\n## explicit\nt.org/t/p\n# t.org/t v1.0.0\nt.org/t/q\n");
  project.require({"t.org/t", "v1.2.0"});
  const auto report = REQUIRE_OK(project.check());
  CHECK(report.has_unproven());
  CAPTURE(text_of(report));
  CHECK(text_of(report).contains("MT4105 vendor/modules.txt:4 does not come after \"t.org/t\""));
}

}  // namespace
}  // namespace modtool::vendor_tool
