// The commands, one a file.
#pragma once

#include "cli/command.hpp"

namespace modtool::cli {

extern const Command kGraphCommand;
extern const Command kWhyCommand;
extern const Command kListCommand;
extern const Command kOutdatedCommand;
extern const Command kExplainCommand;
extern const Command kInitCommand;
extern const Command kGetCommand;
extern const Command kTidyCommand;
extern const Command kEditCommand;
extern const Command kReplaceCommand;
extern const Command kMergeDriverInstallCommand;
extern const Command kMergeDriverCommand;
extern const Command kSchemaCommand;
extern const Command kDownloadCommand;
extern const Command kCacheCommand;
extern const Command kCachePruneCommand;
extern const Command kEnvCommand;
extern const Command kDoctorCommand;
extern const Command kVendorCommand;
extern const Command kVerifyCommand;
extern const Command kBuildCommand;
extern const Command kTestCommand;
extern const Command kRunCommand;
extern const Command kCMakeCommand;
extern const Command kMesonCommand;
extern const Command kModDownloadCommand;
extern const Command kModGraphCommand;
extern const Command kModVendorCommand;
extern const Command kModVerifyCommand;

}  // namespace modtool::cli
