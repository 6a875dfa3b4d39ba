#include "core/build/build_tool.hpp"

namespace modtool::build {

const BuildTool* find_build_tool(std::string_view name) {
  if (name == "cmake") return &cmake_tool();
  if (name == "go") return &go_tool();
  if (name == "command") return &command_tool();
  return nullptr;
}

}  // namespace modtool::build
