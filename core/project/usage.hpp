// What a project uses of its modules, as its dialect answers it: the input of every dialect's analysis.
#pragma once

#include <memory>

#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"
#include "core/manifest/usage.hpp"

namespace modtool::project {

struct Project;

// All of it outlives the analysis.
struct UsageInputs {
  const Project& project;
  const io::FileReader& files;
  WorkerPool& pool;
  bool allow_errors = false;
};

using UsageMaker = std::unique_ptr<manifest::UsageAnalysis> (*)(const UsageInputs&);

}  // namespace modtool::project
