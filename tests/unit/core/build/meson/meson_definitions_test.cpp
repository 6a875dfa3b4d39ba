#include "core/build/meson/meson_definitions.hpp"

#include <doctest/doctest.h>

namespace modtool::build {

using Words = std::vector<std::string>;

TEST_CASE("a library that CMake builds is built as Meson builds the project") {
  CHECK(with_cmake_words({}) == Words{"CMAKE_POSITION_INDEPENDENT_CODE=ON"});
  CHECK(with_cmake_words({"buildtype=release", "default_library=shared", "x=1"}) ==
        Words{"CMAKE_POSITION_INDEPENDENT_CODE=ON", "CMAKE_BUILD_TYPE=Release", "BUILD_SHARED_LIBS=ON",
              "buildtype=release", "default_library=shared", "x=1"});
}

TEST_CASE("what is said to CMake itself comes last, and counts") {
  CHECK(with_cmake_words({"CMAKE_POSITION_INDEPENDENT_CODE=OFF"}).back() == "CMAKE_POSITION_INDEPENDENT_CODE=OFF");
}

}  // namespace modtool::build
