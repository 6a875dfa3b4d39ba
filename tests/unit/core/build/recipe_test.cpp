#include "core/build/recipe.hpp"

#include <doctest/doctest.h>

#include "core/build/build_settings.hpp"
#include "tests/support/check.hpp"

namespace modtool::build {

TEST_CASE("a recipe says how a library is built and found") {
  const Recipe recipe = REQUIRE_OK(parse_recipe(R"({ // as the manifest has it
    "cmake": { "names": ["fmt", "Format"], "subdir": "build/cmake", "version": "{major}.{minor}",
               "options": { "A": true, "B": false, "C": 7, "D": "x;y" },
               "alias": { "fmt::core": "fmt" }, "vars": { "FMT_LIBRARIES": "fmt::fmt" } },
    "meson": { "names": ["fmt"], "provide": { "Format": "fmt_dep" }, "options": { "tests": false, "b.x-y": "auto" } },
    "headerOnly": ["include", "."], "copy": true })"));
  CHECK(recipe.copy);
  CHECK(recipe.names == std::vector<std::string>{"fmt", "Format"});
  CHECK(recipe.subdir == "build/cmake");
  CHECK(recipe.version == "{major}.{minor}");
  CHECK(recipe.options == Recipe::Values{{"A", "ON"}, {"B", "OFF"}, {"C", "7"}, {"D", "x;y"}});
  CHECK(recipe.aliases == Recipe::Values{{"fmt::core", "fmt"}});
  CHECK(recipe.vars == Recipe::Values{{"FMT_LIBRARIES", "fmt::fmt"}});
  CHECK(recipe.meson.names == std::vector<std::string>{"fmt"});
  CHECK(recipe.meson.provide == Values{{"Format", "fmt_dep"}});
  CHECK(recipe.meson.options == Values{{"tests", "false"}, {"b.x-y", "auto"}});
  CHECK(recipe.header_only == std::vector<std::string>{"include", "."});
  CHECK(REQUIRE_OK(parse_recipe("")).names.empty());
  CHECK_FALSE(REQUIRE_OK(parse_recipe(R"({"copy": false})")).copy);
}

TEST_CASE("a recipe holds no name that CMake could take for something else") {
  for (const auto* json :
       {R"({"meson": {"names": [".."]}})", R"({"meson": {"names": ["a/b"]}})", R"({"meson": {"names": ["-D"]}})",
        R"({"meson": {"provide": {"a": "b-c"}}})", R"({"meson": {"provide": {"a\nb": "c"}}})",
        R"({"meson": {"options": {"a=b": 1}}})", R"({"cmake": {"names": [""]}})", R"({"cmake": {"names": ["a b"]}})",
        R"({"cmake": {"names": ["a;b"]}})", R"({"cmake": {"names": ["${a}"]}})",
        R"x({"cmake": {"options": {"A)": true}}})x", R"({"cmake": {"options": {"": true}}})",
        R"({"cmake": {"vars": {"A-B": 1}}})", R"x({"cmake": {"alias": {"a::b\"": "b"}}})x",
        R"({"cmake": {"alias": {"a::b": "b c"}}})", R"({"cmake": {"options": {"A": "\u0000"}}})"}) {
    CAPTURE(json);
    CHECK_ERROR(parse_recipe(json), Code::kManifestField, "");
  }
  CHECK_ERROR(parse_recipe(R"({"headerOnly": ["../include"]})"), Code::kBadFileName, "");
  CHECK_ERROR(parse_recipe(R"({"headerOnly": ["a;b"]})"), Code::kBadFileName, "");
}

TEST_CASE("the version that CMake sees is numbers and dots") {
  struct Case {
    const char* version;
    const char* version_template;
    const char* seen;
  };
  for (const auto& test : {Case{"v10.2.1", "", "10.2.1"}, Case{"v1.0.0-rc.1", "", "1.0.0"},
                           Case{"v0.0.0-20240102030405-0123456789ab", "", "0.0.0"},
                           Case{"v2024.2.1", "{version}.7", "2024.2.1.7"}, Case{"v1.2.3", "{major}{minor}", "12"}}) {
    CAPTURE(test.version);
    CHECK(REQUIRE_OK(cmake_version(test.version, test.version_template)) == test.seen);
  }
  CHECK_ERROR(cmake_version("v1.2.3", "{pre}"), Code::kManifestField, "digits and dots");
  CHECK_ERROR(cmake_version("v1.2.3", "1) message(x"), Code::kManifestField, "digits and dots");
}

TEST_CASE("build settings are what the manifest has of them") {
  const auto settings = REQUIRE_OK(parse_build_settings(
      R"({"system": "command", "preset": "p", "targets": ["a"], "command": ["make", "x"], "allow": ["ZLIB"]})"));
  CHECK(settings.system == "command");
  CHECK(settings.preset == "p");
  CHECK(settings.targets == std::vector<std::string>{"a"});
  CHECK(settings.command == std::vector<std::string>{"make", "x"});
  CHECK(settings.allow == std::vector<std::string>{"ZLIB"});
  CHECK(REQUIRE_OK(parse_build_settings("")).system.empty());
}

}  // namespace modtool::build
