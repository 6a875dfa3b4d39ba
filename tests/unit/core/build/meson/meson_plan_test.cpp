#include "core/build/meson/meson_plan.hpp"

#include <doctest/doctest.h>

#include <map>

#include "tests/support/check.hpp"

namespace modtool::build {
namespace {

// A plan with the texts of its sources.
struct Sources {
  BuildPlan plan;
  std::map<std::string, std::string> texts;

  Recipe& add(const std::string& path, const std::string& meson = "", const std::string& cmake = "") {
    if (!meson.empty()) texts["vendor/" + path + "/meson.build"] = meson;
    if (!cmake.empty()) texts["vendor/" + path + "/CMakeLists.txt"] = cmake;
    return plan.modules
        .emplace_back(
            PlannedModule{.module = {path, "v1.2.3"}, .directory = "vendor/" + path, .cmake_version = "1.2.3"})
        .recipe;
  }

  Result<std::vector<Subproject>> subprojects() const {
    return plan_subprojects(plan, [&](const std::string& path) {
      const auto found = texts.find(path);
      return found == texts.end() ? std::string() : found->second;
    });
  }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a library is found by what its meson.build overrides and what it has a variable for") {
  Sources sources;
  sources.add("a.org/x/json", "project('big_json')\nbig_json_dep = 1\nmeson.override_dependency('Json', x)");
  const auto found = REQUIRE_OK(sources.subprojects());
  CHECK(found[0].kind == SubprojectKind::kSources);
  CHECK(found[0].name == "big_json");
  CHECK(found[0].names == Names{"big_json", "Json"});
  CHECK(found[0].variables == Values{{"big_json", "big_json_dep"}});
  CHECK(directory_of(found[0]) == "big_json-v1.2.3");
}

TEST_CASE("what the files below subdir() override counts, and an overlay's go before the library's own") {
  Sources sources;
  sources.add("a.org/x/z", "project('z')\nsubdir('src')\nsubdir('')\nsubdir('../y')\nsubdir('.')");
  sources.texts["vendor/a.org/x/z/src/meson.build"] =
      "meson.override_dependency('z-2.0', z)\nz_dep = 1\nsubdir('in')\nsubdir('no')";
  sources.texts["vendor/a.org/x/z/src/in/meson.build"] = "meson.override_dependency('z-in', z)\nproject('other')";
  sources.texts["vendor/a.org/x/y/meson.build"] = "meson.override_dependency('y', y)";
  auto found = REQUIRE_OK(sources.subprojects());
  CHECK(found[0].names == Names{"z", "z-2.0", "z-in"});
  CHECK(found[0].variables == Values{{"z", "z_dep"}});
  sources.plan.modules[0].overlay = "over";
  sources.texts["over/meson.build"] = "project('z')\nsubdir('src')";
  sources.texts["over/src/meson.build"] = "subdir('in')";
  CHECK(REQUIRE_OK(sources.subprojects())[0].names == Names{"z", "z-in"});
}

TEST_CASE("a library of more directories than any has is read up to an end") {
  Sources sources;
  sources.add("a.org/x/z", "project('z')");
  const auto found = REQUIRE_OK(plan_subprojects(sources.plan, [](const std::string&) {
    return std::string("subdir('a')\nsubdir('b')\nmeson.override_dependency('z', z)");
  }));
  CHECK(found[0].names == Names{"z"});
}

TEST_CASE("where names are described these count, and no others") {
  Sources sources;
  sources.add("a.org/x/json", "project('big_json')\nbig_json_dep = 1").meson = {
      .names = {"json"}, .provide = {{"json-headers", "headers"}}, .options = {}};
  const auto found = REQUIRE_OK(sources.subprojects());
  CHECK(found[0].name == "json");
  CHECK(found[0].names == Names{"json", "json-headers"});
  CHECK(found[0].variables == Values{{"json-headers", "headers"}});
}

TEST_CASE("a library is built in the way that it knows") {
  Sources sources;
  sources.add("a.org/x/headers", "project('no')").header_only = {"include"};
  sources.add("a.org/x/cmake", "", "project(Other)");
  sources.add("a.org/x/below").subdir = "build";
  sources.texts["vendor/a.org/x/below/build/CMakeLists.txt"] = "project(below)";
  sources.add("a.org/x/over", "project('own')");
  sources.plan.modules.back().overlay = "overlays/over";
  sources.texts["overlays/over/meson.build"] = "project('laid')";
  sources.add("a.org/x/none");
  const auto found = REQUIRE_OK(sources.subprojects());
  CHECK(found[0].kind == SubprojectKind::kHeaders);
  CHECK(found[0].names == Names{"headers"});
  CHECK(found[1].kind == SubprojectKind::kCMake);
  CHECK(found[1].names == Names{"cmake", "Other"});
  CHECK(found[2].kind == SubprojectKind::kCMake);
  CHECK(found[3].kind == SubprojectKind::kOverlay);
  CHECK(found[3].name == "laid");
  CHECK(found[4].kind == SubprojectKind::kNone);
  CHECK(found[4].names.empty());
}

TEST_CASE("a name of a dependency belongs to one module, and a made-up one yields") {
  Sources sources;
  sources.add("a.org/x/log", "project('log')\nlog_dep = 1");
  sources.add("b.org/y/other", "project('other')").meson.names = {"LOG"};
  const auto found = REQUIRE_OK(sources.subprojects());
  CHECK(found[0].names.empty());
  CHECK(found[0].variables.empty());
  CHECK(found[0].name == "a.org-x-log");
  CHECK(found[1].name == "LOG");
  sources.plan.modules[0].recipe.meson.names = {"log"};
  CHECK_ERROR(sources.subprojects(), Code::kNameClash,
              "a.org/x/log@v1.2.3 and b.org/y/other@v1.2.3 would both be found");
}

TEST_CASE("what cannot name a directory names no subproject") {
  Sources sources;
  sources.add("a.org/x/lib", "project('../evil')\nmeson.override_dependency('a b', x)");
  const auto found = REQUIRE_OK(sources.subprojects());
  CHECK(found[0].name == "lib");
  CHECK(found[0].names == Names{"lib"});
  for (const auto* name : {"", ".", "..", "a/b", "-a", "a,b", "a b", "a\n"}) CHECK_FALSE(is_subproject_name(name));
  CHECK(is_subproject_name("lib.a+b-c_1"));
}

}  // namespace modtool::build
