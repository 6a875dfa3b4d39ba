#include "core/build/meson/meson_failure.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"

namespace modtool::build {
namespace {

// fmt in fmt-v1, and extra in fmt-v1.1.
struct TwoModules {
  std::vector<PlannedModule> modules = {{.module = {"a.org/x/fmt", "v1.0.0"}, .chain = "main -> fmt"},
                                        {.module = {"a.org/x/extra", "v1.0.0"}, .chain = "main -> extra"}};
  MesonLayout layout = {
      .directory = "subprojects",
      .subprojects = {{.subproject = {.module = &modules[0], .name = "fmt", .names = {"Fmt"}}, .directory = "fmt-v1"},
                      {.subproject = {.module = &modules[1], .name = "extra", .names = {"extra"}},
                       .directory = "fmt-v1.1"}},
      .entries = {}};

  Error failure(std::string_view output) const {
    MesonWatch watch(layout);
    for (const char c : output) watch.see({&c, 1});
    return watch.failure("building", 1);
  }
};

}  // namespace

TEST_CASE("what Meson and ninja print tells whose fault it was") {
  struct Case {
    const char* output;
    Code code;
    const char* message;
  };
  const TwoModules two;
  for (const auto& test : {
           Case{"", Code::kBuildFailed, "building failed with status 1"},
           Case{"FAILED: subprojects/fmt-v1/libfmt.a.p/a.o \n", Code::kDependencyFailed, "building a.org/x/fmt@v1.0.0"},
           Case{"FAILED: [code=1] subprojects/fmt-v1.1/a.o\n", Code::kDependencyFailed, "building a.org/x/extra@"},
           Case{"FAILED: app.p/main.c.o\nFAILED: subprojects/fmt-v1/a.o\n", Code::kBuildFailed, "building failed"},
           Case{"FAILED: app.p/subprojects_fmt-v1_a.c.o\n", Code::kBuildFailed, "building failed"},
           Case{"\nsubprojects/fmt-v1/meson.build:2:0: ERROR: Problem encountered: no\n", Code::kDependencyFailed,
                "configuring a.org/x/fmt@v1.0.0"},
           Case{"../../meson.build:2:0: ERROR: Unknown function\n", Code::kBuildFailed, "configuring failed"},
           Case{"meson.build:2:0: ERROR: Dependency \"zlib\" not found, tried pkgconfig and cmake\n",
                Code::kPackageMissing, "no module provides the dependency `zlib`"},
           Case{"meson.build:2:0: ERROR: Neither a subproject directory nor a zlib.wrap file was found.\n",
                Code::kPackageMissing, "`zlib`"},
           Case{"Dependency fmt found: NO found 1.0 but need: '>=2' (overridden)\n"
                "meson.build:2:0: ERROR: Dependency 'fmt' is required but not found.\n",
                Code::kPackageVersion,
                "the dependency `fmt` is given a.org/x/fmt@v1.0.0: found 1.0 but need: '>=2'\nchange"},
           Case{"meson.build:2:0: ERROR: Dependency 'FMT' is required but not found.\n", Code::kBadRecipe,
                "a.org/x/fmt@v1.0.0 does not provide the dependency `FMT`"},
           Case{"meson.build:2:0: ERROR: Dependency 'fmt (modules: a, b)' is required but not found.\n",
                Code::kBadRecipe, "a.org/x/fmt@v1.0.0 does not provide the dependency `fmt`"},
           Case{"ERROR: Subproject fmt is buildable: NO\n", Code::kBuildFailed, "building failed"},
       }) {
    CAPTURE(test.output);
    const Error error = two.failure(test.output);
    CHECK(error.code == test.code);
    CHECK(error.message.contains(test.message));
  }
}

TEST_CASE("a dependency that a module misses is told with the chain to the module") {
  const TwoModules two;
  const auto error = two.failure("subprojects/fmt-v1.1/meson.build:2:0: ERROR: Dependency \"zlib\" not found\n");
  CHECK(error.code == Code::kPackageMissing);
  CHECK(error.context == std::vector<std::string>{"main -> extra"});
}

TEST_CASE("a dependency of another version that could be done without is no reason") {
  const TwoModules two;
  const auto error = two.failure(
      "Dependency fmt found: NO found 1.0 but need: '>=2'\nmeson.build:9:0: ERROR: Dependency \"fmt\" not found\n");
  CHECK(error.code == Code::kPackageVersion);
  CHECK(two.failure("Dependency fmt found: NO found 1.0 but need: '>=2'\n"
                    "meson.build:9:0: ERROR: Dependency 'extra' is required but not found.\n")
            .code == Code::kBadRecipe);
}

}  // namespace modtool::build
