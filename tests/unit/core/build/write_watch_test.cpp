#include "core/build/write_watch.hpp"

#include <doctest/doctest.h>

namespace modtool::build {

TEST_CASE("a program that may not write into the sources of a module is noticed") {
  BuildPlan plan;
  plan.modules.push_back({.module = {"a.org/z", "v1.0.0"}, .directory = "vendor/a.org/z"});
  plan.modules.push_back({.module = {"a.org/z/sub", "v1.0.0"}, .directory = "vendor/a.org/z/sub"});
  plan.modules.push_back({.module = {"a.org/y", "v1.0.0"}, .directory = "/cache/a.org/y@v1.0.0/0123"});
  struct Case {
    const char* output;
    bool was_refused;
    const char* path;  // of the module; empty: none
  };
  for (const auto& [printed, was_refused, path] :
       {Case{"[1/2] Building\n/p/vendor/a.org/z/z.c:1: error: no\n", false, ""},
        Case{
            "CMake Error at CMakeLists.txt:3 (file):\n  file failed to open for writing (Permission\n  denied):\n\n    "
            "/cache/a.org/y@v1.0.0/0123/made.h\n",
            true, "a.org/y"},
        Case{"CMake Error: Could not open file for write in copy operation /p/vendor/a.org/z/a.h.tmp\n", true,
             "a.org/z"},
        Case{"cd /p/vendor/a.org/z/sub && ./gen\nsh: cannot create x: Read-only file system\n", true, "a.org/z/sub"},
        Case{"sh: cannot create /root/x: Permission denied\n", true, ""},
        Case{"sh: cannot create /p/vendor/a.org/zz/x: Permission denied\n", true, ""},
        Case{"x: Permission denied\n1\n2\n3\n4\n5\n6\n/p/vendor/a.org/z/z.c\n", true, ""}}) {
    const std::string output = printed;
    CAPTURE(output);
    WriteWatch watch;
    watch.see(output);
    CHECK(watch.was_refused() == was_refused);
    const auto* module = watch.find_module(plan, "/p");
    if (was_refused) CHECK((module == nullptr ? "" : module->module.path) == std::string(path));
  }
}

}  // namespace modtool::build
