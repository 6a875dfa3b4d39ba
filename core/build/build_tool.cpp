#include "core/build/build_tool.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"

namespace modtool::build {

Result<void> BuildTool::name_modules(BuildPlan&, const SourceReader&) const { return {}; }

Result<CopyPlan> BuildTool::plan_copies(const BuildRequest&, const io::FileReader&) const { return CopyPlan(); }

Result<std::vector<std::string>> BuildTool::integrate(const BuildRequest&, io::FileSystem&) const {
  return std::vector<std::string>();
}

const BuildTool* find_build_tool(std::string_view name) {
  if (name == "cmake") return &cmake_tool();
  if (name == "meson") return &meson_tool();
  if (name == "go") return &go_tool();
  if (name == "command") return &command_tool();
  return nullptr;
}

Result<const BuildTool*> usual_build_tool(std::string_view usual, const io::FileReader& files,
                                          const std::string& root) {
  if (usual != "cmake") return find_build_tool(usual);
  MODTOOL_TRY(const auto meson, files.stat(io::join_path(root, "meson.build")).if_there());
  MODTOOL_TRY(const auto cmake, files.stat(io::join_path(root, "CMakeLists.txt")).if_there());
  return find_build_tool(meson && !cmake ? "meson" : usual);
}

Result<void> check_flags(const BuildRequest& request, std::string_view tool, std::initializer_list<BuildFlag> known) {
  using enum BuildFlag;
  struct Given {
    BuildFlag flag;
    const char* name;
    bool is_given;
  };
  for (const auto& [flag, name, is_given] : {Given{kPreset, "--preset", !request.preset.empty()},
                                             {kGenerator, "-G", !request.generator.empty()},
                                             {kBuildDirectory, "-B", !request.build_directory.empty()},
                                             {kDefinitions, "-D", !request.definitions.empty()},
                                             {kStrict, "--strict", request.strict},
                                             {kPrefix, "--prefix", !request.prefix.empty()}}) {
    const bool is_known = std::ranges::find(known, flag) != known.end();
    if (!is_given || is_known) continue;
    return fail(Code::kUsage, fmt::format("`{}` is not for a project that is built by {}", name, tool));
  }
  return {};
}

Error no_such_program(const std::string& target, const std::vector<std::string>& programs) {
  const std::string known = programs.empty() ? "it builds none" : fmt::format("it builds `{}`", join(programs, "`, `"));
  Error error{.code = Code::kNoSuchTarget,
              .message = fmt::format("the project builds no program `{}`; {}", target, known)};
  if (const auto meant = nearest_name(target, programs); !meant.empty()) error.fix = Fix::again("", {meant}, target);
  return error;
}

}  // namespace modtool::build
