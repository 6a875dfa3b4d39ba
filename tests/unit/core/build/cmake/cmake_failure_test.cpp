#include "core/build/cmake/cmake_failure.hpp"

#include <doctest/doctest.h>

#include "core/build/cmake/cmake_programs.hpp"
#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::build {
namespace {

BuildPlan two_modules() {
  BuildPlan plan;
  for (const auto* path : {"a.org/x/fmt", "a.org/x/fmt/extra"}) {
    plan.modules.push_back({.module = {path, "v1.0.0"},
                            .directory = std::string("vendor/") + path,
                            .chain = std::string("main -> ") + path});
  }
  plan.modules[0].recipe.names = {"fmt"};
  plan.modules[1].recipe.names = {"extra"};
  return plan;
}

Error failure(const std::string& stack, const std::string& refusal = "", const std::string& output = "") {
  test::MemoryFileSystem files;
  REQUIRE_OK(files.make_directories("/b/_modtool"));
  if (!stack.empty()) REQUIRE_OK(files.write_atomic("/b/_modtool/stack", stack));
  if (!refusal.empty()) REQUIRE_OK(files.write_atomic("/b/_modtool/refusal", refusal));
  const BuildRequest request{.root = "/p", .plan = two_modules()};
  FailureWatch watch(request.plan);
  watch.see(output);
  return configure_failure(files, "/b", request, watch, 1);
}

}  // namespace

TEST_CASE("the library whose target failed is found in what ninja and make print") {
  struct Case {
    const char* output;
    int culprit;  // -1: none
  };
  for (const auto& test :
       {Case{"FAILED: _modtool/a.org/x/fmt@v1.0.0/CMakeFiles/fmt.dir/a.c.o \ncc …\n", 0},
        Case{"\rFAILED: [code=1] _modtool/a.org/x/fmt/extra@v1.0.0/libextra.a\n", 1},
        Case{"make[2]: *** [_modtool/a.org/x/fmt@v1.0.0/CMakeFiles/fmt.dir/build.make:76: "
             "_modtool/a.org/x/fmt@v1.0.0/CMakeFiles/fmt.dir/a.c.o] Error 1\n",
             0},
        Case{"FAILED: CMakeFiles/app.dir/main.c.o\nIn file included from _modtool/a.org/x/fmt@v1.0.0/gen.h\n", -1},
        Case{"FAILED: [code=1] build.ninja _modtool/a.org/x/fmt@v1.0.0/cmake_install.cmake \ncmake …\n", -1},
        Case{"\033[31mFAILED: \033[0m[code=1] _modtool/a.org/x/fmt@v1.0.0/a.c.o \n", 0}, Case{"FAILED: [code=1", -1},
        Case{"FAILED: [code=1]\n", -1}, Case{"[1/2] Building C object _modtool/a.org/x/fmt@v1.0.0/a.c.o\n", -1}}) {
    CAPTURE(test.output);
    const BuildPlan plan = two_modules();
    FailureWatch watch(plan);
    for (const char c : std::string_view(test.output)) watch.see({&c, 1});
    CHECK(watch.culprit() == (test.culprit < 0 ? nullptr : &plan.modules[static_cast<std::size_t>(test.culprit)]));
  }
}

TEST_CASE("the first failure counts") {
  const BuildPlan plan = two_modules();
  FailureWatch watch(plan);
  watch.see("FAILED: _modtool/a.org/x/fmt/extra@v1.0.0/a.o\nFAILED: _modtool/a.org/x/fmt@v1.0.0/a.o\n");
  CHECK(watch.culprit() == &plan.modules[1]);
  const Error error = build_failure(watch, 2);
  CHECK(error.code == Code::kDependencyFailed);
  CHECK(error.message.starts_with("building a.org/x/fmt/extra@v1.0.0 failed with status 2; `modtool why"));
  CHECK(error.context == std::vector<std::string>{"main -> a.org/x/fmt/extra"});
}

TEST_CASE("a target that a module should have made is told with the line that makes it") {
  constexpr std::string_view kAlias = R"("alias": {"fmt::core": "its own target"})";
  for (const auto* output :
       {"CMake Error at CMakeLists.txt:4 (get_target_property):\n  get_target_property() called with non-existent "
        "target\n"
        "  \"fmt::core\".\n\n\n",
        "CMake Error at CMakeLists.txt:5 (target_link_libraries):\n  Target \"app\" links to:\n\n    fmt::core\n\n"
        "  but the target was not found.  Possible reasons include:\n",
        "CMake Error at CMakeLists.txt:5 (add_executable):\n  Target \"app\" links to target \"fmt::core\" but the "
        "target\n"
        "  was not found.\n",
        "CMake Error at CMakeLists.txt:5 (add_library):\n  add_library cannot create ALIAS target \"core\" because "
        "target\n"
        "  \"fmt::core\" does not already exist.\n",
        "CMake Warning (dev):\n  No target \"x::y\"\n\nCMake Error:\n  Error evaluating generator expression:\n\n"
        "    $<TARGET_FILE:fmt::core>\n\n  No target \"fmt::core\"\n"}) {
    CAPTURE(output);
    const Error error = failure("", "", output);
    CHECK(error.code == Code::kBadRecipe);
    CHECK(error.message.contains(kAlias));
  }
  for (const auto* output : {"CMake Error at CMakeLists.txt:5 (add_library):\n  add_library cannot create ALIAS target "
                             "\"fmt::core\" because\n"
                             "  target \"fmt::fmt\" is itself an ALIAS.\n",
                             "CMake Error:\n  No target \"other::core\"\n", "CMake Error:\n  No target \"fmt\"\n",
                             "CMake Error:\n  one\nCMake Error:\n  No target \"fmt::core\"\n",
                             "CMake Error:\n \" does not already exist\n", "CMake Error:\n does not already exist\n"}) {
    CAPTURE(output);
    CHECK(failure("", "", output).code == Code::kBuildFailed);
  }
}

TEST_CASE("an error of CMake belongs to the library in whose files its outermost call stands") {
  const std::string calls = "  Unknown CMake command.\nCall Stack (most recent call first):\n";
  struct Case {
    std::string output;
    std::string culprit;  // empty: the project
  };
  for (const auto& test :
       {Case{"CMake Error at vendor/a.org/x/fmt/CMakeLists.txt:3 (message):\n  no\n", "a.org/x/fmt@v1.0.0"},
        Case{"CMake Error at vendor/a.org/x/fmt/extra/CMakeLists.txt:3 (message):\n  no\n", "a.org/x/fmt/extra@v1.0.0"},
        Case{"CMake Error at /b/_copies/a.org/x/fmt@v1.0.0/CMakeLists.txt:3 (message):\n  no\n", "a.org/x/fmt@v1.0.0"},
        Case{"CMake Error at /usr/share/cmake/Modules/X.cmake:3 (message):\n" + calls +
                 "  /p/vendor/a.org/x/fmt/src/CMakeLists.txt:9 (include)\n\n\n",
             "a.org/x/fmt@v1.0.0"},
        Case{
            "CMake Error at vendor/a.org/x/fmt/cmake/help.cmake:3 (message):\n" + calls + "  CMakeLists.txt:9 (help)\n",
            ""},
        Case{"CMake Error at vendor/a.org/x/other/CMakeLists.txt:3 (message):\n  no\n", ""},
        Case{"CMake Warning at vendor/a.org/x/fmt/CMakeLists.txt:3 (message):\n  no\nCMake Error:\n no\n", ""},
        Case{"CMake Error at CMakeLists.txt:3 (message):\n  vendor/a.org/x/fmt/a.c:1: no (really)\n", ""},
        Case{"CMake Error at CMakeLists.txt:3 (message):\n  no\nCMake Error at vendor/a.org/x/fmt/a:1 (a):\n", ""}}) {
    CAPTURE(test.output);
    const Error error = failure("", "", test.output);
    CHECK(error.code == (test.culprit.empty() ? Code::kBuildFailed : Code::kDependencyFailed));
    CHECK(error.message.starts_with("configuring " + test.culprit));
  }
}

TEST_CASE("a target that is made twice is told with both who make it and with the ways out") {
  const auto clash = [](const std::string& at, const std::string& target, const std::string& directory) {
    return "CMake Error at " + at + ":9 (add_custom_target):\n  add_custom_target cannot create target \"" + target +
           "\" because another\n  target with the same name already exists.  The existing target is a custom target\n  "
           "created in source directory\n  \"" +
           directory + "\".  See documentation for policy\n  CMP0002.\n";
  };
  const std::string extra = "vendor/a.org/x/fmt/extra/CMakeLists.txt";
  const Error both = failure("", "", clash(extra, "uninstall", "/p/vendor/a.org/x/fmt"));
  CHECK(both.code == Code::kBadRecipe);
  CHECK(
      both.message.starts_with("a.org/x/fmt@v1.0.0 and a.org/x/fmt/extra@v1.0.0 both make the target `uninstall`, "
                               "the first in /p/vendor/a.org/x/fmt\nchange describe.a.org/x/fmt.build.cmake.options"));
  CHECK(both.message.ends_with("--prefix"));
  const Error own = failure("adding a.org/x/fmt/extra@v1.0.0\n", "", clash(extra, "uninstall", "/p/src"));
  CHECK(own.message.starts_with("the project and a.org/x/fmt/extra@v1.0.0 both"));
  CHECK(own.message.contains("describe.a.org/x/fmt/extra.build"));
  CHECK(own.context == std::vector<std::string>{"main -> a.org/x/fmt/extra"});
  const Error copy = failure("adding a.org/x/fmt@v1.0.0\n", "",
                             clash("vendor/a.org/x/fmt/CMakeLists.txt", "fmt", "/p/vendor/a.org/x/fmt/extra/fmt"));
  CHECK(copy.message.contains("change the order: find_package(fmt) before find_package(extra); or describe."));
  CHECK(failure("", "", clash("CMakeLists.txt", "all", "/p/src")).code == Code::kBuildFailed);
}

TEST_CASE("a package that a library needs and is described without is told as that") {
  test::MemoryFileSystem files;
  BuildRequest request{.root = "/p", .plan = two_modules()};
  request.plan.modules[0].recipe.absent = {"Python"};
  const auto said = [&](const std::string& package) {
    FailureWatch watch(request.plan);
    watch.see("CMake Error at vendor/a.org/x/fmt/CMakeLists.txt:3 (find_package):\n  find_package for module " +
              package + " called with REQUIRED, but\n  CMAKE_DISABLE_FIND_PACKAGE_" + package +
              " is enabled.  A REQUIRED\n");
    return configure_failure(files, "/b", request, watch, 1);
  };
  CHECK(said("Python").code == Code::kBadRecipe);
  CHECK(said("Python").message.starts_with("a.org/x/fmt@v1.0.0 cannot do without the package `Python`"));
  CHECK(said("Perl").code == Code::kDependencyFailed);
}

TEST_CASE("a CMake module that a library has is told with what offers it") {
  test::MemoryFileSystem files;
  BuildRequest request{.root = "/p", .plan = two_modules()};
  REQUIRE_OK(files.make_directories("/p/vendor/a.org/x/fmt/deep/down"));
  REQUIRE_OK(files.write_atomic("/p/vendor/a.org/x/fmt/deep/down/Help.cmake", ""));
  const auto said = [&](const std::string& words, const std::string& name) {
    FailureWatch watch(request.plan);
    watch.see("CMake Error at CMakeLists.txt:3 (include):\n  include could not find " + words + ":\n\n    " + name +
              "\n\n");
    return configure_failure(files, "/b", request, watch, 1);
  };
  for (const auto* words : {"requested file", "load file"}) {
    CHECK(
        said(words, "Help")
            .message.ends_with(R"("describe": {"a.org/x/fmt": {"build": {"cmake": {"modulePath": ["deep/down"]}}}})"));
  }
  for (const auto* other : {"Other", "deep/down/Help.cmake"})
    CHECK(said("load file", other).code == Code::kBuildFailed);
  request.plan.modules[0].recipe.module_path = {"deep/down"};
  CHECK(said("load file", "Help").message.ends_with("change the order: find_package(fmt) before include(Help)"));
}

TEST_CASE("a configuration that failed is told by what was being done") {
  CHECK(failure("").code == Code::kBuildFailed);
  const Error inner = failure("adding a.org/x/fmt@v1.0.0\nadding a.org/x/fmt/extra@v1.0.0\n");
  CHECK(inner.code == Code::kDependencyFailed);
  CHECK(inner.message.starts_with("configuring a.org/x/fmt/extra@v1.0.0 failed"));
  const Error missing = failure("adding a.org/x/fmt@v1.0.0\nlooking ZLIB\n");
  CHECK(missing.code == Code::kPackageMissing);
  CHECK(missing.message.starts_with("no module provides the package `ZLIB`"));
  CHECK(missing.context == std::vector<std::string>{"main -> a.org/x/fmt"});
  const std::string asked =
      " at a:1 (find_package):\n  By not providing \"FindZLIB.cmake\" in CMAKE_MODULE_PATH this\n";
  CHECK(failure("", "", "CMake Error" + asked).message.starts_with("no module provides the package `ZLIB`"));
  CHECK(failure("", "", "CMake Warning" + asked).code == Code::kBuildFailed);
  CHECK(failure("", "", "CMake Error at a:1\n  By not providing \"Find\n").code == Code::kBuildFailed);
  CHECK(failure("looking FMT\n").message.starts_with("no module is found as `FMT`, only as `fmt`"));
  const Error refused = failure("", "MT3107\nwrong version\nrequire.a\n");
  CHECK(refused.code == Code::kPackageVersion);
  CHECK(refused.message == "wrong version\nchange require.a");
  // What CMake said before comes first.
  CHECK(failure("", "MT3107\nwrong\nrequire.a\n", "CMake Error at a:1 (message):\n  MT3107: wrong\n").code ==
        Code::kPackageVersion);
  CHECK(failure("", "MT3107\nwrong\nrequire.a\n", "CMake Error at a:1 (message):\n  other\n").code ==
        Code::kBuildFailed);
  // What is no refusal of the provider's is not taken for one.
  CHECK(failure("", "MT4001\nx\ny\n").code == Code::kBuildFailed);
  CHECK(failure("", "MT3107\n").code == Code::kBuildFailed);
  const auto* exported =
      "CMake Error: install(EXPORT \"x\" ...) includes target \"a\" which requires target \"fmt\" that is "
      "not in any export set.\n";
  CHECK(failure("", "", exported).message.contains("cannot export a target that links a module"));
}

TEST_CASE("programs are those that CMake's file API tells") {
  test::MemoryFileSystem files;
  const std::string reply = "/b/.cmake/api/v1/reply/";
  REQUIRE_OK(files.make_directories(reply));
  const auto put = [&](const char* name, const char* text) { REQUIRE_OK(files.write_atomic(reply + name, text)); };
  put("index-1.json", "{}");
  put("index-2.json", R"({"reply": {"client-modtool": {"codemodel-v2": {"jsonFile": "model.json"}}}})");
  put("model.json", R"({"configurations": [{"targets": [{"name": "lib", "jsonFile": "lib.json"},
    {"name": "app", "jsonFile": "app.json"}]}]})");
  put("lib.json", R"({"name": "lib", "type": "STATIC_LIBRARY", "artifacts": [{"path": "liblib.a"}]})");
  put("app.json", R"({"name": "app", "type": "EXECUTABLE", "artifacts": [{"path": "bin/app"}]})");
  CHECK(REQUIRE_OK(find_target_program(files, "/b", "app")) == "/b/bin/app");
  CHECK_ERROR(find_target_program(files, "/b", "lib"), Code::kNoSuchTarget, "no program `lib`; it builds `app`");
  put("index-3.json", "{}");
  CHECK_ERROR(find_target_program(files, "/b", "app"), Code::kIo, "CMake did not tell its targets");
}

}  // namespace modtool::build
