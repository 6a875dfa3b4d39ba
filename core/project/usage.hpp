// What a project uses of its modules, as its dialect answers it: the input of every dialect's analysis.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"
#include "core/manifest/usage.hpp"

namespace modtool::project {

struct Project;

// All of it outlives the analysis. The callbacks may be called from several threads at once.
struct UsageInputs {
  const Project& project;
  const io::FileReader& files;
  WorkerPool& pool;
  // The selected versions of the whole graph.
  std::function<Result<std::vector<module::ModuleVersion>>()> build_list;
  // What a module's own manifest requires.
  std::function<Result<std::vector<module::ModuleVersion>>(const module::ModuleVersion&)> required_by;
  // The trees of modules, replacements applied.
  manifest::TreeOpener open;
  // Where a module's files are, for messages. May be empty.
  std::function<std::string(const module::ModuleVersion&)> directory_of = {};
  bool allow_errors = false;
};

using UsageMaker = std::unique_ptr<manifest::UsageAnalysis> (*)(const UsageInputs&);

// By the imports of the main module's packages, and so on from there.
std::unique_ptr<manifest::UsageAnalysis> make_usage_by_imports(const UsageInputs& inputs);
// By the mode that the manifest names: all of every module.
std::unique_ptr<manifest::UsageAnalysis> make_usage_by_mode(const UsageInputs& inputs);

}  // namespace modtool::project
