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
    return check_origins({found}, {.layout = layout, .prefix = "/in", .is_strict = is_strict, .allowed = allowed});
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
