#include "core/build/meson/meson_origins.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::build {

TEST_CASE("a dependency that a module should provide comes from the machine by no way") {
  const std::vector<PlannedModule> modules = {{.module = {"a.org/x/log", "v1.0.0"}},
                                              {.module = {"a.org/x/z", "v2.0.0"}}};
  const MesonLayout layout = {
      .directory = "subprojects",
      .subprojects = {{.subproject = {.module = &modules[0], .kind = SubprojectKind::kSources, .names = {"Log"}},
                       .directory = "log-v1.0.0"},
                      {.subproject = {.module = &modules[1], .kind = SubprojectKind::kCMake, .names = {"z"}},
                       .directory = ""}},
      .entries = {}};
  const std::vector<std::string> allowed = {"Threads"};
  const auto check = [&](const FoundDependency& found, bool is_strict) {
    return check_origins({.dependencies = {found}},
                         {.layout = layout, .claims = {}, .prefix = "/in", .is_strict = is_strict, .allowed = allowed});
  };
  for (const bool is_strict : {false, true}) {
    CHECK_ERROR(
        check({.name = "log", .arguments = "-L/in\n"}, is_strict), Code::kBadRecipe,
        "the dependency `log` was found on this machine, and a.org/x/log@v1.0.0 should provide it: Meson looks");
    CHECK_ERROR(check({.name = "Z", .arguments = "-I/usr/include\n-I/in-other/include\n"}, is_strict), Code::kBadRecipe,
                "a.org/x/z@v2.0.0 should provide it: what that installs is not found as `Z`");
    REQUIRE_OK(check({.name = "z", .arguments = "-I/in/include\n"}, is_strict));
    REQUIRE_OK(check({.name = "z", .arguments = "-DX\n-I/in\n"}, is_strict));
    REQUIRE_OK(check({.name = "threads", .arguments = ""}, is_strict));
  }
  REQUIRE_OK(check({.name = "other", .arguments = ""}, false));
  CHECK_ERROR(check({.name = "other", .arguments = ""}, true), Code::kPackageMissing, "`other`");
}

TEST_CASE("a library of a module's, or a name that only pkg-config knows it by, comes from the machine by no way") {
  BuildPlan claims{.modules = {{.module = {"a.org/x/zlib", "v1.0.0"}, .pkg_config = {"zlib", "zlib-ng"}}}};
  const MesonLayout layout = {.directory = "subprojects",
                              .subprojects = {{.subproject = {.module = &claims.modules[0],
                                                              .kind = SubprojectKind::kSources,
                                                              .name = "zlib",
                                                              .names = {"zlib"},
                                                              .libraries = {"z"},
                                                              .pc_files = {"z-2"}},
                                               .directory = "zlib-v1.0.0"}}};
  const std::vector<std::string> allowed = {"lib"};
  const OriginRules rules = {.layout = layout, .claims = claims, .prefix = "/in", .allowed = allowed};
  for (const auto* name : {"zlib-ng", "z-2"}) {
    CHECK_ERROR(
        check_origins({.dependencies = {{.name = name}}}, rules), Code::kBadRecipe,
        "was found on this machine, and is what pkg-config calls a.org/x/zlib@v1.0.0\nchange describe.a.org/x/zlib");
  }
  for (const auto* name : {"z", "zlib"}) {
    CHECK_ERROR(check_origins({.libraries = {name}}, rules), Code::kBadRecipe,
                "a.org/x/zlib@v1.0.0 should provide it\nchange the find_library() to dependency('zlib')");
  }
  REQUIRE_OK(check_origins({.libraries = {"m", "lib"}}, rules));
}

TEST_CASE("what nothing asked for is noted, and what comes from the machine") {
  const std::vector<PlannedModule> modules = {{.module = {"a.org/x/a", "v1.0.0"}, .is_required = true},
                                              {.module = {"a.org/x/b", "v1.0.0"}, .is_required = true},
                                              {.module = {"a.org/x/c", "v1.0.0"}, .is_required = true},
                                              {.module = {"a.org/x/d", "v1.0.0"}}};
  using enum SubprojectKind;
  MesonLayout layout;
  for (const auto& module : modules) {
    const std::string name = module.module.path.substr(8);
    layout.subprojects.push_back(
        {.subproject = {.module = &module, .kind = name == "c" ? kCMake : kSources, .name = name, .names = {name}},
         .directory = name == "c" ? "" : name});
  }
  const std::vector<std::string> allowed = {"Threads"};
  const OriginRules rules = {.layout = layout, .claims = {}, .prefix = "/in", .allowed = allowed};
  CHECK(notes_on_origins(
            {.dependencies = {{.name = "C", .arguments = "-I/in/include"}, {.name = "threads"}}, .subprojects = {"a"}},
            rules) ==
        std::vector<std::string>{"nothing asked for a.org/x/b@v1.0.0: no dependency('b'), no subproject()"});
  const auto notes =
      notes_on_origins({.dependencies = {{.name = "y"}, {.name = "x"}}, .subprojects = {"a", "b"}}, rules);
  REQUIRE(notes.size() == 2);
  CHECK(notes[0].starts_with("nothing asked for a.org/x/c@v1.0.0"));
  CHECK(notes[1].starts_with("from this machine, and no module's: x, y; \"require\""));
}

TEST_CASE("the libraries that find_library() found stand in Meson's log") {
  test::MemoryFileSystem files;
  CHECK(REQUIRE_OK(read_found_libraries(files, "/b")).empty());
  files.add(
      "/b/meson-logs/meson-log.txt",
      "Library kit found: YES\nLibrary no found: NO\nkit| Library m found: YES (cached)\na Library x found: YES\n");
  CHECK(REQUIRE_OK(read_found_libraries(files, "/b")) == std::set<std::string>{"kit", "m"});
}

TEST_CASE("a project's own suites are told from those of its subprojects") {
  test::MemoryFileSystem files;
  files.add("/b/meson-info/intro-projectinfo.json", R"({"descriptive_name": "my demo"})");
  files.add("/b/meson-info/intro-tests.json",
            R"([{"suite": ["my_demo:log", "my_demo"]}, {"suite": ["my_demo:a:b"]}, {"suite": ["log:fast"]}, {}])");
  const auto own = REQUIRE_OK(read_own_tests(files, "/b"));
  CHECK(own.project == "my demo");
  CHECK(own.suites == std::set<std::string>{"my_demo", "log", "a:b"});
}

}  // namespace modtool::build
