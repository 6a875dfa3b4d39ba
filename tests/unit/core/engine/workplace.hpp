// What a run works with: a context whose reporter writes down what it is told.
#pragma once

#include <string>
#include <utility>

#include "core/base/cancellation.hpp"
#include "core/base/worker_pool.hpp"
#include "core/engine/context.hpp"
#include "core/io/file_system.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/recording_reporter.hpp"

namespace modtool::engine::test {

class Workplace {
 public:
  // `files` outlives it; the project is looked for in `directory`.
  Workplace(io::FileSystem& files, std::string directory) : context{files, pool_, cancellation, settings, reporter} {
    settings.directory = std::move(directory);
    settings.tools = {.go = "1.26.0", .modtool = "0.1.0"};
    settings.workspace = "off";
  }

  Settings settings;
  Cancellation cancellation;
  modtool::test::RecordingReporter reporter;

 private:
  WorkerPool pool_{2, cancellation};

 public:
  const Context context;
};

// One with a project in memory, in /p.
struct MemoryWorkplace {
  modtool::test::MemoryFileSystem disk;
  Workplace place{disk, "/p"};
};

}  // namespace modtool::engine::test
