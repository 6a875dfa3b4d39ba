#include "core/build/compiled/foreign.hpp"

#include <doctest/doctest.h>

#include "tests/support/memory_file_system.hpp"

namespace modtool::build {
namespace {

// A project /p that requires the module x/kit, whose headers are below /cache/kit/include.
struct Build {
  test::MemoryFileSystem files;
  PlannedModule module{.module = {"a.org/x/kit", "v1.0.0"}, .directory = "/cache/kit"};
  BuildPlaces places{
      .directory = "/p/build", .inside = {"/p", "/cache/kit"}, .search = {}, .allowed = {}, .modules = {}};

  explicit Build(const std::vector<std::string>& headers) {
    for (const auto& header : headers) files.add("/cache/kit/include/" + header, "");
    places.modules.push_back(place_of(module, "/p", files));
  }

  std::vector<std::string> headers(const std::vector<std::string>& paths) const {
    ReadFiles read{.paths = {"main.o", "main.c"}, .objects = {{.output = 0, .inputs = {1}}}};
    for (const auto& path : paths) {
      read.objects[0].inputs.push_back(static_cast<std::uint32_t>(read.paths.size()));
      read.paths.push_back(path);
    }
    return find_foreign_headers(files, read, places);
  }

  std::vector<std::string> libraries(const std::vector<std::string>& words) const {
    return find_foreign_libraries(files, {{.output = "app", .file = "", .words = words}}, places);
  }
};

}  // namespace

TEST_CASE("a header of the machine that a module provides is found, with who read it") {
  const Build build({"acme/kit.h"});
  const auto found = build.headers({"/usr/include/stdio.h", "/usr/include/acme/kit.h"});
  REQUIRE(found.size() == 1);
  CHECK(found[0].starts_with(
      "main.c was compiled with /usr/include/acme/kit.h of this machine, and a.org/x/kit@v1.0.0 provides it\n"));
}

TEST_CASE("headers are told apart by their path, not by its last element") {
  const Build build({"acme/kit.h"});
  CHECK(build.headers({"/usr/include/other/kit.h", "/usr/include/kit.h", "/opt/x/acme/kit.h"}).empty());
  CHECK(build.headers({"/usr/include/x86_64-linux-gnu/acme/kit.h"}).size() == 1);
}

TEST_CASE("where the compiler was told to look, the path counts from there") {
  Build build({"kit.h"});
  CHECK(build.headers({"/opt/decoy/kit.h"}).empty());
  build.places.search = {"/opt/decoy"};
  CHECK(build.headers({"/opt/decoy/kit.h"}).size() == 1);
  CHECK(build.headers({"../../opt/decoy/kit.h"}).size() == 1);
  CHECK(build.headers({"/opt/decoyed/kit.h"}).empty());
}

TEST_CASE("headers of project, module and build directory are nobody else's") {
  Build build({"kit.h", "stddef.h"});
  CHECK(build.headers({"/p/include/kit.h", "/cache/kit/include/kit.h", "gen/include/kit.h"}).empty());
  CHECK(build.headers({"/usr/lib/gcc/x/12/include/stddef.h"}).empty());
  build.files.add_link("/opt/include", "/cache/kit/include");
  CHECK(build.headers({"/opt/include/kit.h"}).empty());
}

TEST_CASE("what the project allows may come from the machine") {
  Build build({"kit.h"});
  build.places.allowed = {"KIT"};
  CHECK(build.headers({"/usr/include/kit.h"}).empty());
  CHECK(build.libraries({"-lkit"}).empty());
}

TEST_CASE("libraries are a module's by their name, and the machine's by their place") {
  Build build({});
  CHECK(build.libraries({"-lkit"}).size() == 1);
  CHECK(build.libraries({"-l:libkit.a"}).size() == 1);
  CHECK(build.libraries({"/usr/lib/libkit.so.1.2"}).size() == 1);
  CHECK(build.libraries({"/usr/lib/libkit.so", "-lkit"}).size() == 1);
  CHECK(build.libraries({"lib/libkit.a", "/p/build/libkit.so", "-lother", "-lkitten", "main.o"}).empty());
  CHECK(build.libraries({"-L/p/build/lib", "-lkit"}).size() == 1);
  build.files.add("/p/build/lib/libkit.a", "");
  CHECK(build.libraries({"-L/p/build/lib", "-lkit"}).empty());
  build.files.add("/opt/lib/libkit.a", "");
  CHECK(build.libraries({"-L/opt/lib", "-L/p/build/lib", "-lkit"}).size() == 1);
}

TEST_CASE("names of libraries are read from what a linker is given") {
  CHECK(library_name("-lz") == "z");
  CHECK(library_name("-l:libz.so.1") == "z");
  CHECK(library_name("/usr/lib/libz.so.1.2.13") == "z");
  CHECK(library_name("libz.dylib") == "z");
  CHECK(library_name("main.o").empty());
  CHECK(library_name("-Wl,-z").empty());
  CHECK(library_name("a.sox").empty());
  CHECK(library_name("").empty());
}

}  // namespace modtool::build
