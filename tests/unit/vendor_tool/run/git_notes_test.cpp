#include "vendor_tool/run/git_notes.hpp"

#include <fmt/format.h>

#include "tests/unit/core/engine/git_workplace.hpp"

namespace modtool::vendor_tool {
namespace {

using engine::test::GitWorkplace;
using Notes = std::vector<std::string>;

// A project in a work tree of Git, with files in its vendor directory.
struct Project : GitWorkplace {
  explicit Project(const std::vector<std::string>& vendored) {
    write_manifest(R"("require": {})");
    for (const auto& name : vendored) write("vendor/" + name, "text\n");
  }
  void make_work_tree() { static_cast<void>(repository("any").git({"init", "--quiet", place.settings.directory})); }
  Notes notes() { return REQUIRE_OK(git_notes(place.context, "", {})); }
};

TEST_CASE("of a project outside of Git nothing is said") {
  Project project({"a.o"});
  project.write(".gitignore", "*.o\n");
  CHECK(project.notes().empty());
  project.make_work_tree();
  CHECK(project.notes().size() == 1);
}

TEST_CASE("where Git keeps all, or there is no vendor directory, nothing is said") {
  Project project({"a.c"});
  project.make_work_tree();
  project.write(".gitignore", "*.o\n");
  CHECK(project.notes().empty());
  Project none({});
  none.make_work_tree();
  none.write(".gitignore", "*\n");
  CHECK(none.notes().empty());
}

TEST_CASE("ten files are named, and how many there are besides") {
  for (const std::size_t count : {1, 10, 11, 12}) {
    CAPTURE(count);
    std::vector<std::string> names = {"kept.c"};
    std::string named;
    for (std::size_t i = 0; i < count; ++i) {
      names.push_back(fmt::format("f{:02}.o", i));
      if (i < 10) named += (i > 0 ? ", vendor/" : "vendor/") + names.back();
    }
    if (count > 10) named += fmt::format(" and {} more", count - 10);
    Project project(names);
    project.make_work_tree();
    project.write(".gitignore", "*.o\n");
    CHECK(project.notes() == Notes{"Git leaves out of a commit: " + named + "; `git add -f vendor` adds them"});
  }
}

TEST_CASE("a rule for what Git changes is named, unless one of vendor's own goes before it") {
  Project project({"a.txt", "b.c"});
  project.make_work_tree();
  project.write(".gitattributes", "*.txt text eol=crlf\n");
  CHECK(project.notes() ==
        Notes{"a clone would have other bytes, by .gitattributes, in: vendor/a.txt; `echo 'vendor/** -text -ident "
              "!filter' >> .gitattributes` keeps them (and `git add --renormalize vendor`, where they are added "
              "already)"});
  project.write("vendor/.gitattributes", "*.txt text eol=crlf\n");
  CHECK(project.notes() == Notes{"a clone would have other bytes, by .gitattributes, in: vendor/a.txt"});
}

}  // namespace
}  // namespace modtool::vendor_tool
