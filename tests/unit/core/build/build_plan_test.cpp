#include "core/build/build_plan.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"

namespace modtool::build {
namespace {

ModuleInput input(const char* path, const char* recipe = "") {
  return {.module = {path, "v1.2.3"}, .directory = std::string("vendor/") + path, .recipe = recipe};
}

std::string no_sources(const std::string&) { return {}; }

Result<BuildPlan> named_plan(const std::vector<ModuleInput>& inputs, const SourceReader& read) {
  MODTOOL_TRY(auto plan, plan_build(inputs));
  MODTOOL_CHECK(name_packages(plan, read));
  return plan;
}

}  // namespace

TEST_CASE("a module is found by the names that are described, and by no others") {
  const auto plan = REQUIRE_OK(named_plan({input("a.org/x/fmt", R"({"cmake": {"names": ["Format"]}})")}, no_sources));
  CHECK(plan.modules[0].recipe.names == std::vector<std::string>{"Format"});
  CHECK(plan.modules[0].cmake_version == "1.2.3");
  CHECK(plan.modules[0].directory == "vendor/a.org/x/fmt");
}

TEST_CASE("without a description a module is found by its path and by what it calls itself") {
  const auto read = [](const std::string& path) -> std::string {
    if (path == "vendor/a.org/x/one/CMakeLists.txt") return "project(One)";
    if (path == "vendor/a.org/x/two/cmake/CMakeLists.txt") return "project(Second)";
    if (path == "overlays/three/CMakeLists.txt") return "project(Third)";
    return {};
  };
  auto overlaid = input("a.org/x/three");
  overlaid.overlay = "overlays/three";
  const auto plan = REQUIRE_OK(
      named_plan({input("a.org/x/one"), input("a.org/x/two", R"({"cmake": {"subdir": "cmake"}})"), overlaid}, read));
  CHECK(plan.modules[0].recipe.names == std::vector<std::string>{"one", "One"});
  CHECK(plan.modules[1].recipe.names == std::vector<std::string>{"two", "Second"});
  CHECK(plan.modules[2].recipe.names == std::vector<std::string>{"three", "Third"});
}

TEST_CASE("a module is also found as CMake's own find modules call it, unless another is") {
  const auto names_of = [](const std::vector<ModuleInput>& inputs) {
    const auto plan = REQUIRE_OK(named_plan(inputs, no_sources));
    std::vector<std::vector<std::string>> names;
    for (const auto& module : plan.modules) names.push_back(module.recipe.names);
    return names;
  };
  using Names = std::vector<std::vector<std::string>>;
  CHECK(names_of({input("a.org/x/zlib"), input("a.org/x/libpng"), input("a.org/x/other")}) ==
        Names{{"zlib", "ZLIB"}, {"libpng", "PNG"}, {"other"}});
  CHECK(names_of({input("a.org/x/libpng"), input("a.org/x/png")}) == Names{{"libpng"}, {"png", "PNG"}});
  CHECK(names_of({input("a.org/x/libpng"), input("a.org/x/y", R"({"cmake": {"names": ["PNG"]}})")}) ==
        Names{{"libpng"}, {"PNG"}});
}

TEST_CASE("two modules may not claim one name") {
  const auto* named = R"({"cmake": {"names": ["Log"]}})";
  CHECK_ERROR(named_plan({input("a.org/x/a", named), input("b.org/y/b", named)}, no_sources), Code::kNameClash,
              "a.org/x/a@v1.2.3 and b.org/y/b@v1.2.3 would both be found as `Log`");
  // FetchContent leaves case aside.
  CHECK_ERROR(
      named_plan({input("a.org/x/a", named), input("b.org/y/b", R"({"cmake": {"names": ["LOG"]}})")}, no_sources),
      Code::kNameClash, "");
  CHECK_ERROR(named_plan({input("a.org/x/log"), input("b.org/y/log")}, no_sources), Code::kNameClash, "`log`");
  // One module may have both spellings, and a described name goes before one that is made up.
  REQUIRE_OK(named_plan({input("a.org/x/a", R"({"cmake": {"names": ["log", "LOG"]}})")}, no_sources));
  const auto plan = REQUIRE_OK(named_plan({input("a.org/x/log"), input("b.org/y/b", named)}, no_sources));
  CHECK(plan.modules[0].recipe.names.empty());
}

TEST_CASE("a recipe that cannot be read is told with its module and place") {
  auto bad = input("a.org/x/a", R"({"cmake": {"names": ["a b"]}})");
  bad.where = {.file = "modtool.json", .line = 7, .column = 3};
  const auto plan = named_plan({bad}, no_sources);
  REQUIRE(!plan);
  CHECK(plan.error().where == bad.where);
  CHECK(plan.error().context == std::vector<std::string>{"build of a.org/x/a"});
}

TEST_CASE("the name of a project is the first argument of its project()") {
  struct Case {
    const char* text;
    const char* name;
  };
  for (const auto& test :
       {Case{"project(FMT CXX)", "FMT"}, Case{"PROJECT ( \"my-lib\" VERSION 1)", "my-lib"},
        Case{"# project(no)\ncmake_minimum_required(VERSION 3.5)\nproject(\n  yes\n  C)", "yes"},
        Case{"set_project(no)\nproject_options(no)\nproject(yes)", "yes"}, Case{"project(${NAME})", ""},
        Case{"project(a${B})", ""}, Case{"project(", ""}, Case{"project", ""}, Case{"project()", ""}, Case{"", ""}}) {
    CAPTURE(test.text);
    CHECK(project_name_of(test.text) == test.name);
  }
}

TEST_CASE("a build file's word for a version is held against the lock") {
  const PlannedModule module{.module = {"a.org/x/lib", "v1.2.3"},
                             .origin = {.tag = "release-1-2-3",
                                        .commit = "0123456789abcdef0123456789abcdef01234567",
                                        .url = "https://a.org/lib_123.tgz"}};
  for (const auto* same : {"v1.2.3", "1.2.3", "refs/tags/v1.2.3", "release-1-2-3", "0123456", "0123456789abcdef"}) {
    CAPTURE(same);
    CHECK(is_locked_revision(module, same));
  }
  for (const auto* other : {"v1.2.4", "1.2", "012345", "main", "1234567", "release-1-2-4", ""}) {
    CAPTURE(other);
    CHECK_FALSE(is_locked_revision(module, other));
  }
  for (const auto* same : {"https://a.org/lib-1.2.3.tar.gz", "https://a.org/release-1-2-3.zip", "https://a.org/lib.zip",
                           "https://a.org/0123456789abcdef0123456789abcdef01234567.zip", "https://a.org/lib_123.tgz"}) {
    CAPTURE(same);
    CHECK(is_locked_url(module, same));
  }
  CHECK_FALSE(is_locked_url(module, "https://a.org/lib-1.2.4.tar.gz"));
  CHECK_FALSE(is_locked_url({.module = {"a.org/x/lib", "v1.2.3"}}, "https://a.org/lib-2.0.tar.gz"));
}

}  // namespace modtool::build
