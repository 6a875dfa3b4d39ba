#include "core/build/inputs/foreign_inputs.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::build {
namespace {

// The module kit, which has kit/kit.h and builds libkit, vendored in a project; and what a build has used.
class World {
 public:
  World() {
    request_.root = "/p";
    request_.plan.modules.push_back({.module = {"a.org/x/kit", "v1.0.0"}, .directory = "vendor/a.org/x/kit"});
    request_.plan.modules[0].recipe.names = {"kit"};
    REQUIRE_OK(files_.make_directories("/p/vendor/a.org/x/kit/include/kit"));
    REQUIRE_OK(files_.write_atomic("/p/vendor/a.org/x/kit/include/kit/kit.h", ""));
  }

  std::string found(const BuildInputs& inputs) {
    const std::vector<ModuleOutputs> outputs = {{.module = request_.plan.modules.data(),
                                                 .include_directories = {"/p/vendor/a.org/x/kit/include", "/none"},
                                                 .libraries = {"kit"}}};
    const auto found = find_foreign_inputs(request_, "/p/build", inputs, outputs, files_);
    REQUIRE_OK(found);
    std::string text;
    for (const auto& input : *found) text += input.message + "\n";
    return text;
  }
  std::string read(const std::string& file, std::set<std::string> directories = {}) {
    return found({.read = {{file, "a.o"}}, .include_directories = std::move(directories)});
  }
  std::string linked(const std::string& file) { return found({.linked = {{file, "app"}}}); }

  BuildRequest request_;

 private:
  test::MemoryFileSystem files_;
};

}  // namespace

TEST_CASE("a header of the machine is a module's by its path below an include directory") {
  World world;
  CHECK(world.read("/usr/include/kit/kit.h") ==
        "`a.o` was compiled with /usr/include/kit/kit.h, and a.org/x/kit@v1.0.0 has kit/kit.h\n");
  for (const auto* file : {"/usr/include/x86_64-linux-gnu/kit/kit.h", "/opt/x/include/kit/kit.h",
                           "../../usr/include/kit/kit.h", "/usr/include/other/../kit/kit.h"}) {
    CAPTURE(file);
    CHECK(!world.read(file).empty());
  }
  CHECK(!world.read("/odd/place/kit/kit.h", {"/odd/place"}).empty());
  for (const auto* file :
       {"/usr/include/other/kit.h", "/usr/include/kit.h", "/usr/include/kit/other.h", "/odd/place/kit/kit.h",
        "/p/third_party/include/kit/kit.h", "../vendor/a.org/x/kit/include/kit/kit.h", "/p/build/include/kit/kit.h",
        "include/kit/kit.h"}) {
    CAPTURE(file);
    CHECK(world.read(file).empty());
  }
}

TEST_CASE("a library of the machine is a module's by its name to the linker") {
  World world;
  CHECK(world.linked("/usr/lib/libkit.so.1.2") ==
        "`app` was linked with /usr/lib/libkit.so.1.2, and a.org/x/kit@v1.0.0 builds that library\n");
  for (const auto* file : {"-lkit", "/usr/lib/libkit.a", "/usr/lib/libkit.so"}) CHECK(!world.linked(file).empty());
  for (const auto* file : {"-lkits", "/usr/lib/libkits.a", "/usr/lib/kit.o", "libkit.a", "/p/build/libkit.a",
                           "-Wl,-rpath,/usr/lib/libkit", "/usr/lib/libkit.sold", "/usr/lib/libkit"}) {
    CAPTURE(file);
    CHECK(world.linked(file).empty());
  }
}

TEST_CASE("what is allowed is not told, and each module once for headers and once for libraries") {
  World world;
  const BuildInputs both{.read = {{"/usr/include/kit/kit.h", "a.o"}, {"/usr/include/kit/kit.h", "b.o"}},
                         .linked = {{"-lkit", "app"}, {"-lkit", "other"}}};
  CHECK(world.found(both) ==
        "`a.o` was compiled with /usr/include/kit/kit.h, and a.org/x/kit@v1.0.0 has kit/kit.h\n"
        "`app` was linked with -lkit, and a.org/x/kit@v1.0.0 builds that library\n");
  world.request_.plan.allowed = {"kit"};
  CHECK(world.found(both).empty());
}

}  // namespace modtool::build
