#include "core/build/cmake/offered_modules.hpp"

#include <doctest/doctest.h>

#include <map>

namespace modtool::build {
namespace {

using Texts = std::vector<std::string>;

struct Library {
  std::string lists;
  std::string overlay = {};
  std::string subdir = {};
};

Texts offered(const Library& library) {
  PlannedModule module{.module = {"a.org/x/kit", "v1.0.0"}, .directory = "vendor/kit", .overlay = library.overlay};
  module.recipe.subdir = library.subdir;
  const std::string root = library.subdir.empty() ? "vendor/kit/" : "vendor/kit/" + library.subdir + "/";
  const std::map<std::string, std::string> files = {
      {root + "CMakeLists.txt", library.lists},
      {root + "cmake/KitConfig.cmake.in",
       "@PACKAGE_INIT@\nlist(APPEND CMAKE_MODULE_PATH \"${CMAKE_CURRENT_LIST_DIR}\")\n"},
      {root + "cmake/plain-config.cmake.in", "include(targets.cmake)\n"}};
  return offered_modules(module, [&](const std::string& path) {
    const auto found = files.find(path);
    return found == files.end() ? std::string() : found->second;
  });
}

}  // namespace

TEST_CASE("a library offers the directories of the modules that it installs beside its configuration file") {
  const std::string configure =
      "configure_package_config_file(\"cmake/KitConfig.cmake.in\" out INSTALL_DESTINATION x)\n";
  CHECK(offered({configure + "install(FILES extras/Kit.cmake DESTINATION x)"}) == Texts{"extras"});
  CHECK(offered({configure +
                 "INSTALL(\n  FILES \"${CMAKE_CURRENT_SOURCE_DIR}/b/c/Kit.cmake\"\n \"a/A.cmake\" DESTINATION x)\n"
                 "install(FILES ${KIT_SOURCE_DIR}/a/B.cmake Top.cmake DESTINATION x)"}) == Texts{".", "a", "b/c"});
  CHECK(offered({"configure_file(${PROJECT_SOURCE_DIR}/cmake/KitConfig.cmake.in x)install(FILES a/A.cmake"}) ==
        Texts{"a"});
  CHECK(offered({.lists = configure + "install(FILES extras/Kit.cmake)", .subdir = "sub"}) == Texts{"sub/extras"});
}

TEST_CASE("what a library keeps to itself, and what only CMake can tell, is not offered") {
  const std::string configure = "configure_package_config_file(cmake/KitConfig.cmake.in out)\n";
  for (const std::string& lists :
       {std::string(), configure, std::string("install(FILES extras/Kit.cmake DESTINATION x)"),
        std::string("configure_file(cmake/plain-config.cmake.in x)\ninstall(FILES extras/Kit.cmake)"),
        "# " + configure + "install(FILES extras/Kit.cmake)", configure + "# install(FILES extras/Kit.cmake)",
        configure + "install(FILES ${where}/Kit.cmake ../Kit.cmake /Kit.cmake ${A}${B_SOURCE_DIR}/Kit.cmake)",
        configure + "include(extras/Kit.cmake)"}) {
    CAPTURE(lists);
    CHECK(offered({lists}).empty());
  }
  CHECK(offered({.lists = configure + "install(FILES extras/Kit.cmake)", .overlay = "overlays/kit"}).empty());
}

}  // namespace modtool::build
