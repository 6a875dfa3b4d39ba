#include "core/build/source_copy.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::build {
namespace {

struct Build {
  test::MemoryFileSystem files;
  SourceCopy copy{.module = "a.org/z@v1.0.0", .sources = "/v/z", .directory = "/b/z@v1.0.0", .made_for = "options"};

  Build() {
    files.add("/v/z/z.c", "int z;", 0444);
    files.add("/v/z/include/conf.h", "conf", 0444);
    files.add("/v/z/gen.sh", "#!", 0555);
    files.add_link("/v/z/include/z.c", "../z.c");
    files.add_link("/v/z/outside", "../other/file");
    files.add("/v/z/.git", "gitdir: /x");
  }

  CopyState prepare() { return REQUIRE_OK(prepare_copy(files, copy)); }
  void record() { REQUIRE_OK(record_copy(files, copy.directory)); }
  std::string text(const std::string& name) { return REQUIRE_OK(files.read(copy.directory + "/" + name).required()); }
  bool has(const std::string& name) {
    return REQUIRE_OK(files.lstat(copy.directory + "/" + name).if_there()).has_value();
  }
};

}  // namespace

TEST_CASE("a copy has the files, writable, and links that lead where they led") {
  Build build;
  CHECK(build.prepare() == CopyState::kMade);
  CHECK(build.text("z.c") == "int z;");
  CHECK((REQUIRE_OK(build.files.lstat("/b/z@v1.0.0/z.c").required()).mode & 0300) == 0200);
  CHECK((REQUIRE_OK(build.files.lstat("/b/z@v1.0.0/gen.sh").required()).mode & 0300) == 0300);
  CHECK(REQUIRE_OK(build.files.read_link("/b/z@v1.0.0/include/z.c")) == "../z.c");
  CHECK(REQUIRE_OK(build.files.read_link("/b/z@v1.0.0/outside")) == "/v/other/file");
  CHECK_FALSE(build.has(".git"));
  CHECK(build.prepare() == CopyState::kKept);
}

TEST_CASE("what a build has left in a copy stays") {
  Build build;
  build.prepare();
  REQUIRE_OK(build.files.rename("/b/z@v1.0.0/include/conf.h", "/b/z@v1.0.0/include/conf.h.in"));
  build.files.add("/b/z@v1.0.0/made.h", "made");
  build.files.add_link("/b/z@v1.0.0/link", "made.h");
  build.record();
  build.files.clear_paths();
  CHECK(build.prepare() == CopyState::kKept);
  CHECK(build.text("made.h") == "made");
  CHECK(build.files.written_paths().empty());
}

TEST_CASE("what nobody's build has left makes a copy anew") {
  struct Case {
    const char* name;
    void (*change)(test::MemoryFileSystem& files);
  };
  for (const auto& [name, change] :
       {Case{"a file changed", [](auto& files) { files.add("/b/z@v1.0.0/z.c", "int evil;"); }},
        Case{"a file that the build left changed", [](auto& files) { files.add("/b/z@v1.0.0/made.h", "evil"); }},
        Case{"a file more", [](auto& files) { files.add("/b/z@v1.0.0/include/stdio.h", ""); }},
        Case{"a file less", [](auto& files) { REQUIRE_OK(files.remove_all("/b/z@v1.0.0/z.c")); }},
        Case{"a file that is executable now", [](auto& files) { REQUIRE_OK(files.set_mode("/b/z@v1.0.0/z.c", 0755)); }},
        Case{"a link in the place of a file",
             [](auto& files) {
               REQUIRE_OK(files.remove_all("/b/z@v1.0.0/z.c"));
               files.add_link("/b/z@v1.0.0/z.c", "/evil.c");
             }},
        Case{"another repository", [](auto& files) { files.add("/b/z@v1.0.0/.git/HEAD", "ref:"); }},
        Case{"a link in the place of the copy", [](auto& files) {
               REQUIRE_OK(files.rename("/b/z@v1.0.0", "/elsewhere"));
               files.add_link("/b/z@v1.0.0", "/elsewhere");
             }}}) {
    CAPTURE(name);
    Build build;
    build.prepare();
    build.files.add("/b/z@v1.0.0/made.h", "made");
    build.record();
    change(build.files);
    CHECK(build.prepare() != CopyState::kKept);
    CHECK(build.text("z.c") == "int z;");
    CHECK_FALSE(build.has("made.h"));
    CHECK_FALSE(build.has("include/stdio.h"));
    CHECK(build.prepare() == CopyState::kKept);
  }
}

TEST_CASE("a copy is of the sources as they are now, and of all that it was made for") {
  Build build;
  build.prepare();
  build.files.add("/v/z/z.c", "int patched;");
  CHECK(build.prepare() == CopyState::kMade);
  CHECK(build.text("z.c") == "int patched;");
  build.copy.made_for = "other options";
  CHECK(build.prepare() == CopyState::kMade);
  build.files.add("/b/z@v1.0.0.left", "modtool copy 2\n");
  CHECK(build.prepare() == CopyState::kMade);
  REQUIRE_OK(build.files.remove_all("/b/z@v1.0.0.left"));
  build.record();  // of a copy that nobody has made
  CHECK(build.prepare() == CopyState::kMade);
  CHECK(build.prepare() == CopyState::kKept);
}

TEST_CASE("a copy is no part of what it is made of") {
  Build build;
  build.copy.directory = "/v/z/build/_copies/z@v1.0.0";
  CHECK_ERROR(prepare_copy(build.files, build.copy), Code::kBuildFailed, "`-B` names another build directory");
}

TEST_CASE("all copies below a directory are recorded") {
  Build build;
  build.copy.directory = "/b/a.org/z@v1.0.0";
  build.prepare();
  build.files.add("/b/a.org/z@v1.0.0/made.h", "made");
  REQUIRE_OK(record_copies(build.files, "/b"));
  REQUIRE_OK(record_copies(build.files, "/nothing"));
  CHECK(build.prepare() == CopyState::kKept);
}

}  // namespace modtool::build
