// What a run works with: values and seams, and no console.
#pragma once

#include "core/base/cancellation.hpp"
#include "core/base/reporter.hpp"
#include "core/base/worker_pool.hpp"
#include "core/engine/settings.hpp"
#include "core/io/file_system.hpp"

namespace modtool::engine {

// All of it outlives the run. May be used from several threads at once.
struct Context {
  io::FileSystem& files;
  WorkerPool& pool;
  const Cancellation& cancellation;
  const Settings& settings;
  Reporter& reporter;
};

}  // namespace modtool::engine
