// `verify`: everything that can be checked, without the network unless `upstream` asks for it.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"
#include "vendor_tool/finding.hpp"

namespace modtool::cli {

struct VerifyOptions {
  std::string manifest_file;                // -modfile
  std::string since;                        // --since: a Git revision whose hashes must not have changed
  std::vector<std::string> allow_unproven;  // module paths
  bool upstream = false;                    // --upstream: ask the origins whether tags moved
};

struct VerifyReport {
  std::vector<vendor_tool::Finding> findings;  // sorted by part, then as each part sorts
  std::vector<std::string> parts;              // a line for each part: what was checked, and how it ended
  std::size_t checked = 0;                     // how many modules, files and old checksums were looked at

  // 4 where something cannot be proven, 1 where it is only out of date, 0 otherwise.
  int exit_status() const;
};

// Checks the checksum file's own consistency, what the module cache holds of its modules, and the vendor directory.
// Code::kNothingToCheck where no module of the project is in the cache, and there is no vendor directory or old
// checksum.
Result<VerifyReport> verify_project(Session& session, const VerifyOptions& options);

}  // namespace modtool::cli
