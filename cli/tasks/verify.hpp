// `verify`: everything that can be checked, without the network unless `upstream` or `fetch` asks for it.
#pragma once

#include <string>
#include <vector>

#include "cli/tasks/checks_report.hpp"
#include "core/engine/context.hpp"

namespace modtool::tasks {

struct VerifyOptions {
  std::string manifest_file;                // -modfile
  std::string since;                        // --since: a Git revision whose hashes must not have changed
  std::vector<std::string> allow_unproven;  // module paths
  bool upstream = false;                    // --upstream: ask the origins whether tags moved
  bool as_git_keeps = false;                // --as-git-keeps, with `fetch`: files that .gitignore keeps out may lack
  bool fetch = false;                       // --fetch: bring what modtool.sums lacks from where modules come from
};

// Checks the checksum file's own consistency, what the module cache holds of its modules, and the vendor directory, of
// every project in the directory.
// Code::kNothingToCheck where no module of the project is in the cache, and there is no vendor directory or old
// checksum.
Result<ChecksReport> verify_project(const engine::Context& context, const VerifyOptions& options);

}  // namespace modtool::tasks
