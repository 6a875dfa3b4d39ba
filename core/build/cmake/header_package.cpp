#include "core/build/cmake/header_package.hpp"

#include <fmt/format.h>

#include "core/build/cmake/cmake_text.hpp"
#include "core/build/names.hpp"

namespace modtool::build {
namespace {

constexpr std::string_view kProject = R"cmake(# Made by modtool.
cmake_minimum_required(VERSION 3.14)
project(headers VERSION {} LANGUAGES NONE)
include(CMakePackageConfigHelpers)
)cmake";

constexpr std::string_view kDirectory = R"cmake(install(DIRECTORY {} DESTINATION include/{})
)cmake";

// The file that find_package() reads; it is three directories below the prefix.
constexpr std::string_view kConfiguration =
    R"cmake(get_filename_component(_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
foreach(_target IN ITEMS @TARGETS@)
  if(NOT TARGET "${_target}")
    add_library("${_target}" INTERFACE IMPORTED)
    foreach(_directory IN ITEMS @DIRECTORIES@)
      set_property(TARGET "${_target}" APPEND PROPERTY INTERFACE_INCLUDE_DIRECTORIES "${_prefix}/include/${_directory}")
    endforeach()
  endif()
endforeach()
)cmake";

constexpr std::string_view kPackage = R"cmake(set(TARGETS {1})
string(REPLACE ";" " " TARGETS "${{TARGETS}}")
string(CONFIGURE "${{CONFIGURATION}}" text @ONLY)
file(WRITE "${{CMAKE_BINARY_DIR}}/{0}Config.cmake" "${{text}}")
write_basic_package_version_file("${{CMAKE_BINARY_DIR}}/{0}ConfigVersion.cmake" COMPATIBILITY AnyNewerVersion ARCH_INDEPENDENT)
install(FILES "${{CMAKE_BINARY_DIR}}/{0}Config.cmake" "${{CMAKE_BINARY_DIR}}/{0}ConfigVersion.cmake" DESTINATION lib/cmake/{0})
)cmake";

}  // namespace

std::string header_package(const PlannedModule& module, const std::string& directory) {
  const std::string element(last_element(module.module.path));
  std::string text = fmt::format(kProject, module.cmake_version);
  std::string installed;  // below include/
  for (std::size_t i = 0; i < module.recipe.header_only.size(); ++i) {
    const std::string name = i == 0 ? element : fmt::format("{}-{}", element, i + 1);
    const std::string& headers = module.recipe.header_only[i];
    const std::string source = headers == "." ? directory : fmt::format("{}/{}", directory, headers);
    text += fmt::format(kDirectory, cmake_argument(source + "/"), name);
    installed.append(i == 0 ? "" : " ").append(name);
  }
  text += fmt::format("set(DIRECTORIES {})\nset(CONFIGURATION {})\n", cmake_argument(installed),
                      cmake_argument(kConfiguration));
  for (const auto& name : module.recipe.names) {
    const std::string targets =
        element == name ? fmt::format("{0}::{0}", name) : fmt::format("{0}::{0} {1}::{0}", name, element);
    text += fmt::format(kPackage, name, targets);
  }
  return text;
}

}  // namespace modtool::build
