// The modules of a project as evidence alone has them.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/worker_pool.hpp"
#include "core/manifest/modules.hpp"
#include "core/project/project.hpp"
#include "core/resolve/lock_index.hpp"
#include "core/resolve/summary_reader.hpp"
#include "vendor_tool/proof/evidence.hpp"

namespace modtool::vendor_tool {

// Every manifest and every tree is vouched for, or an error (Code::kUnproven). There is no source here, so a proof has
// no road to one.
class ProvenModules final : public manifest::Modules {
 public:
  // `lock` is the one that the project is resolved from, where that holds the graph. All of it outlives the view.
  ProvenModules(const project::Project& project, const manifest::ReplacementTable& replacements, Evidence& evidence,
                const resolve::LockIndex* lock, WorkerPool& pool);

  Result<manifest::Summary> summary(const module::ModuleVersion& module) override;
  Result<std::string> manifest(const module::ModuleVersion& module) override;
  Result<manifest::Tree> tree(const module::ModuleVersion& module) override;
  // With pruning the roots: what is used must be one of them.
  Result<std::vector<module::ModuleVersion>> build_list() override;
  std::string place(const module::ModuleVersion&) const override { return {}; }

 private:
  const project::Project& project_;
  Evidence& evidence_;
  const resolve::LockIndex* lock_;
  WorkerPool& pool_;
  resolve::SummaryReader summaries_;
  std::mutex mutex_;
  std::optional<std::vector<module::ModuleVersion>> build_list_;  // once it was loaded; guarded by mutex_
};

}  // namespace modtool::vendor_tool
