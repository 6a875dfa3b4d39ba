// `download`: everything that the lock names brought to this machine and compared with its hashes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/session.hpp"
#include "core/module/module_version.hpp"

namespace modtool::cli {

struct DownloadedModule {
  module::ModuleVersion module;
  std::string sum;             // "h1:…", as locked
  std::optional<Error> error;  // why it is not there, or not what was locked
};

// The selected modules of the lock, sorted; one that fails does not keep the others. Code::kLockStale,
// Code::kNotSupported in a dialect whose lock holds no graph.
Result<std::vector<DownloadedModule>> download_modules(Session& session);

}  // namespace modtool::cli
