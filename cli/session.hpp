// What a running command works with.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/console.hpp"
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
  // Tells people what is no error, a line; on the drop-in face as the go command does.
  std::function<void(const std::string&)> note;
};

}  // namespace modtool::cli
