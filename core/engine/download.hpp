// `download`: everything that the lock names brought to this machine and compared with its hashes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/context.hpp"
#include "core/module/module_version.hpp"

namespace modtool::engine {

struct DownloadedModule {
  module::ModuleVersion module;
  std::string sum;             // "h1:…", as locked
  std::optional<Error> error;  // why it is not there, or not what was locked
};

struct DownloadOptions {
  std::string to;             // --to: a directory, made a proxy that go can use; empty: none
  std::string manifest_file;  // --modfile
};

struct DownloadReport {
  std::string dialect;                    // of the project; empty where it is the only one
  std::string lock_name;                  // "modtool.lock"
  std::vector<DownloadedModule> modules;  // sorted by path; one that fails does not keep the others
  std::size_t unlocked = 0;               // selected modules that the lock has no hash of: as a rule nothing needs them
  std::size_t learned = 0;                // lines that were added to the lock
  std::string proxy;                      // of --to, absolute
  std::size_t copied = 0;                 // files that the proxy had not
};

struct Downloads {
  std::vector<DownloadReport> reports;
  std::vector<Error> failures;  // of projects that were not begun, where another one was
};

// The selected modules of each project that the command is about (choose_projects); with a proxy to make, of those
// whose modules Go's cache keeps. Code::kLockStale. What go.sum lacks of what builds need is added to it where no
// checksum database is to be asked and the run is not locked.
Result<Downloads> download_modules(const Context& context, const DownloadOptions& options);

}  // namespace modtool::engine
