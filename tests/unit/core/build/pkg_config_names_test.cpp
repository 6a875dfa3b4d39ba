#include "core/build/pkg_config_names.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::build {

TEST_CASE("the name of a pkg-config file is what stands in front of .pc") {
  CHECK(pkg_config_name_of("zlib.pc") == "zlib");
  CHECK(pkg_config_name_of("zlib.pc.in") == "zlib");
  CHECK(pkg_config_name_of("zlib.pc.cmakein") == "zlib");
  CHECK(pkg_config_name_of("libxml-2.0.pc.in") == "libxml-2.0");
  CHECK(pkg_config_name_of("a.pc.b.pc.in") == "a.pc.b");
  for (const auto* none : {".pc", "@NAME@.pc.in", "a b.pc", "x.pch", "x.pc.c", "zlib"})
    CHECK(pkg_config_name_of(none) == "");
}

TEST_CASE("each module has the names that pkg-config could know it by, and no other has them") {
  test::MemoryFileSystem files;
  for (const auto* path : {"libpng.pc.in", "scripts/cmake/libpng16.pc.in", "1/2/3/deep.pc", "1/2/3/4/deeper.pc",
                           "third_party/zstd/zstd.pc", "Tests/test.pc", "other.pc"}) {
    files.add(std::string("/p/vendor/a.org/libpng/") + path, "");
  }
  files.add("/p/overlays/other/c-other.pc.in", "");
  BuildPlan plan{
      .modules = {{.module = {"a.org/libpng", "v1.0.0"}, .directory = "vendor/a.org/libpng"},
                  {.module = {"a.org/other", "v1.0.0"}, .directory = "/elsewhere", .overlay = "overlays/other"}}};
  plan.modules[0].recipe.names = {"PNG"};
  plan.modules[1].recipe.names = {"other"};
  REQUIRE_OK(claim_pkg_config(plan, files, "/p"));
  CHECK(plan.modules[0].pkg_config == std::vector<std::string>{"PNG", "png", "libpng", "deep", "libpng16"});
  CHECK(plan.modules[1].pkg_config == std::vector<std::string>{"other", "c-other"});
}

}  // namespace modtool::build
