#include <array>

#include "cli/command.hpp"
#include "cli/commands/commands.hpp"

namespace modtool::cli {

std::span<const Command* const> all_commands() {
  static constexpr std::array kTable = {
      // look
      &kGraphCommand,
      &kWhyCommand,
      &kListCommand,
      &kOutdatedCommand,
      &kExplainCommand,
      // change
      &kInitCommand,
      &kGetCommand,
      &kTidyCommand,
      &kEditCommand,
      &kReplaceCommand,
      // fetch
      &kDownloadCommand,
      &kCachePruneCommand,
      &kCacheCommand,
      // vendor and prove
      &kVendorCommand,
      &kVerifyCommand,
      // build
      &kBuildCommand,
      &kTestCommand,
      &kRunCommand,
      &kCMakeCommand,
      &kMesonCommand,
      // machine
      &kEnvCommand,
      &kDoctorCommand,
      &kMergeDriverInstallCommand,
      &kMergeDriverCommand,
      &kSchemaCommand,
      // as the go command does
      &kModDownloadCommand,
      &kModGraphCommand,
      &kModVendorCommand,
      &kModVerifyCommand,
  };
  return kTable;
}

}  // namespace modtool::cli
