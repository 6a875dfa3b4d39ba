// What a running command works with.
#pragma once

#include <string>
#include <vector>

#include "cli/console.hpp"
#include "cli/reporters.hpp"
#include "cli/settings.hpp"
#include "core/base/cancellation.hpp"
#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"

namespace modtool::cli {

// The flags that every command has.
struct GlobalOptions {
  std::string directory;  // -C, absolute after parsing
  std::string dialect;    // which project of several in one directory; empty: not said
  bool json = false;
  bool offline = false;
  bool locked = false;                 // neither manifest nor lock is written
  bool trace = false;                  // -x: print each request over the network
  std::size_t jobs = 0;                // 0: one for each processor
  std::vector<std::string> passed_on;  // what stands behind `--`, of commands that pass it on
};

// All of it outlives the command.
struct Session {
  Console& console;
  const Settings& settings;
  const GlobalOptions& global;
  io::FileSystem& files;
  WorkerPool& pool;
  const Cancellation& cancellation;
  FaceReporter& reporter;
};

}  // namespace modtool::cli
