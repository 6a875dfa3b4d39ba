#include "core/build/cmake/integration_files.hpp"

#include <doctest/doctest.h>

#include "core/base/json.hpp"
#include "core/build/cmake/cmake_text.hpp"
#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::build {
namespace {

std::string text_of(const std::vector<GeneratedFile>& files, std::string_view name) {
  for (const auto& file : files) {
    if (file.name == name) return file.text;
  }
  return {};
}

PlannedModule planned(const char* path) {
  return {.module = {path, "v1.2.3"}, .directory = std::string("vendor/") + path, .cmake_version = "1.2.3"};
}

}  // namespace

TEST_CASE("any text is one argument of CMake") {
  CHECK(cmake_argument("") == "[=[]=]");
  CHECK(cmake_argument("a;${b} \"c\"\\") == "[=[a;${b} \"c\"\\]=]");
  CHECK(cmake_argument("]]") == "[=[]]]=]");
  CHECK(cmake_argument("]=] ]==]") == "[===[]=] ]==]]===]");
  CHECK(cmake_argument("a]=") == "[==[a]=]==]");
  CHECK(cmake_argument("\nfirst") == "[=[\n\nfirst]=]");
}

TEST_CASE("deps.cmake has each module with what is described of it") {
  auto module = planned("a.org/x/fmt");
  module.recipe = {.names = {"fmt", "FMT"},
                   .subdir = "cmake",
                   .options = {{"A", "]=]"}},
                   .aliases = {{"fmt::core", "fmt"}},
                   .vars = {{"B", "$x"}}};
  module.overlay = "over lay";
  const auto text = text_of(integration_files({.modules = {module}, .allowed = {"Threads"}}), "deps.cmake");
  CHECK(text == R"(# The modules that modtool.lock names, for modules.cmake. Made by modtool.
_modtool_allow([=[Threads]=])

# a.org/x/fmt@v1.2.3
_modtool_module(1 PATH [=[a.org/x/fmt]=])
_modtool_module(1 VERSION [=[v1.2.3]=])
_modtool_module(1 CMAKE_VERSION [=[1.2.3]=])
_modtool_module(1 DIR [=[vendor/a.org/x/fmt]=])
_modtool_module(1 OVERLAY [=[over lay]=])
_modtool_module(1 SUBDIR [=[cmake]=])
_modtool_package([=[fmt]=] 1)
_modtool_package([=[FMT]=] 1)
_modtool_content([=[fmt]=] 1)
macro(_modtool_headers_1)
endmacro()
macro(_modtool_options_1)
  _modtool_save(A)
  set(A [==[]=]]==])
endmacro()
macro(_modtool_aliases_1)
  _modtool_alias(fmt::core fmt)
endmacro()
macro(_modtool_vars_1)
  set(B [=[$x]=] PARENT_SCOPE)
endmacro()
)");
}

TEST_CASE("the presets are JSON, and equal plans give equal files") {
  const BuildPlan plan{.modules = {planned("a.org/x/a")}, .allowed = {}};
  const auto files = integration_files(plan);
  REQUIRE_OK(json::parse(text_of(files, "modtool-presets.json"), "presets"));
  const auto again = integration_files(plan);
  for (std::size_t i = 0; i < files.size(); ++i) CHECK(files[i].text == again[i].text);
}

TEST_CASE("a package is found by older versions of CMake as long as a module provides it") {
  auto module = planned("a.org/x/fmt");
  module.recipe.names = {"fmt"};
  test::MemoryFileSystem files;
  REQUIRE_OK(save_integration_files(files, "/p/.modtool", integration_files({.modules = {module}, .allowed = {}})));
  CHECK(REQUIRE_OK(files.read("/p/.modtool/packages/Findfmt.cmake")).contains("_modtool_be_package([=[fmt]=])"));
  CHECK(is_there(files, "/p/.modtool/packages/fmtConfig.cmake"));
  REQUIRE_OK(save_integration_files(files, "/p/.modtool", integration_files({})));
  CHECK(!is_there(files, "/p/.modtool/packages/Findfmt.cmake"));
  CHECK(!is_there(files, "/p/.modtool/packages/fmtConfig.cmake"));
  CHECK(is_there(files, "/p/.modtool/packages/FetchContent.cmake"));
}

TEST_CASE("files that are as they should be are not written") {
  test::MemoryFileSystem files;
  const std::vector<GeneratedFile> generated = {{"a", "1"}, {"b", "2"}};
  using Names = std::vector<std::string>;
  CHECK(REQUIRE_OK(save_integration_files(files, "/p/.modtool", generated)) == Names{"a", "b"});
  CHECK(REQUIRE_OK(save_integration_files(files, "/p/.modtool", generated)).empty());
  CHECK(REQUIRE_OK(save_integration_files(files, "/p/.modtool", {{"a", "1"}, {"b", "3"}})) == Names{"b"});
  CHECK(REQUIRE_OK(files.read("/p/.modtool/b")) == "3");
}

}  // namespace modtool::build
