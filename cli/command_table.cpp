#include <array>

#include "cli/command.hpp"
#include "cli/commands/commands.hpp"

namespace modtool::cli {

std::span<const Command* const> all_commands() {
  static constexpr std::array kTable = {
      &kGraphCommand,  &kWhyCommand,    &kListCommand,     &kExplainCommand,   &kTidyCommand,
      &kVendorCommand, &kVerifyCommand, &kBuildCommand,    &kTestCommand,      &kRunCommand,
      &kCMakeCommand,  &kSchemaCommand, &kModGraphCommand, &kModVendorCommand, &kModVerifyCommand,
  };
  return kTable;
}

}  // namespace modtool::cli
