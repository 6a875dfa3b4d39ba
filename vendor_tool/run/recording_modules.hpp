// A view of modules that notes what is read through it: what modtool.sums must hold.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "core/base/worker_pool.hpp"
#include "core/manifest/modules.hpp"
#include "core/project/project.hpp"
#include "core/resolve/lock_index.hpp"
#include "vendor_tool/proof/sums_collect.hpp"

namespace modtool::vendor_tool {

// Trees that it gives are for use while it lives.
//
// Recorded are the manifests that summaries were asked of, and of each tree the names whose bytes were read. With
// pruning, the graph beyond the roots has no say in a plan and is read to word a message only: it goes to the inner
// view, and is not recorded. Without pruning every manifest of the graph has a say, and the graph is loaded through
// this view.
class RecordingModules final : public manifest::ModulesDecorator {
 public:
  // `lock` is the one that the project is resolved from, where that holds the graph: then manifests of modules at a
  // version are not read. All of it outlives the view.
  RecordingModules(manifest::Modules& inner, const project::Project& project, const resolve::LockIndex* lock,
                   WorkerPool& pool);
  ~RecordingModules() override;

  Result<manifest::Summary> summary(const module::ModuleVersion& module) override;
  Result<manifest::Tree> tree(const module::ModuleVersion& module) override;
  Result<std::vector<module::ModuleVersion>> build_list() override;

  // What was read without failure so far.
  Recorded recorded() const;

 private:
  class RecordedTree;

  const project::Project& project_;
  const resolve::LockIndex* lock_;
  WorkerPool& pool_;
  mutable std::mutex mutex_;
  std::map<module::ModuleVersion, module::ModuleVersion> manifests_;            // guarded by mutex_
  std::map<module::ModuleVersion, std::shared_ptr<const RecordedTree>> trees_;  // likewise
  std::optional<std::vector<module::ModuleVersion>> build_list_;                // once it was loaded; likewise
};

}  // namespace modtool::vendor_tool
