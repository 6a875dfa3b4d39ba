// A build by the command that the manifest names; it finds the sources where they are vendored.
#include <fmt/format.h>

#include "core/build/build_tool.hpp"

namespace modtool::build {
namespace {

class CommandTool final : public BuildTool {
 public:
  bool uses_plan() const override { return false; }
  Result<void> check(const BuildRequest& request, const io::FileReader&) const override {
    return check_flags(request, "a command of its own", {});
  }
  std::string directory(const BuildRequest&) const override { return {}; }

  Result<void> build(const BuildRequest& request, const Runner& runner, io::FileSystem&) const override {
    const auto& command = request.settings.command;
    if (command.empty()) {
      return fail(Code::kManifestField, "\"build\" in modtool.json has the system \"command\" and no \"command\"");
    }
    Step step{.program = command[0], .arguments = {command.begin() + 1, command.end()}, .directory = request.root};
    for (const auto* words : {&request.targets, &request.passed_on}) {
      step.arguments.insert(step.arguments.end(), words->begin(), words->end());
    }
    MODTOOL_TRY(const int status, runner.run(step));
    if (status == 0) return {};
    return fail(Code::kBuildFailed, fmt::format("`{}` failed with status {}", step.program, status));
  }

  Result<void> test(const BuildRequest&, const Runner&, io::FileSystem&) const override { return refuse("test"); }
  Result<Step> build_program(const BuildRequest&, const Runner&, io::FileSystem&) const override {
    return refuse("run");
  }

 private:
  static std::unexpected<Error> refuse(std::string_view verb) {
    return fail(Code::kNotSupported,
                fmt::format("`modtool {}` is not for projects that are built by a command of their own", verb));
  }
};

}  // namespace

const BuildTool& command_tool() {
  static const CommandTool tool;
  return tool;
}

}  // namespace modtool::build
