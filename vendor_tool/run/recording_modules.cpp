#include "vendor_tool/run/recording_modules.hpp"

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/project/module_graph.hpp"

namespace modtool::vendor_tool {

using module::ModuleVersion;

class RecordingModules::RecordedTree final : public module::ModuleTree {
 public:
  explicit RecordedTree(manifest::Tree inner) : inner_(std::move(inner)) {}

  const std::vector<module::TreeFile>& list() const override { return inner_->list(); }
  const std::vector<module::DanglingSource>& dangling_sources() const override { return inner_->dangling_sources(); }

  Result<std::string> read(std::string_view name) const override {
    {
      const std::lock_guard lock(mutex_);
      read_.emplace(name);
    }
    return inner_->read(name);
  }

  TreeRecord record(const ModuleVersion& module) const {
    const std::lock_guard lock(mutex_);
    return {.module = module, .tree = inner_, .read = {read_.begin(), read_.end()}};
  }

 private:
  manifest::Tree inner_;
  mutable std::mutex mutex_;
  mutable std::set<std::string, std::less<>> read_;
};

RecordingModules::RecordingModules(manifest::Modules& inner, const project::Project& project,
                                   const resolve::LockIndex* lock, WorkerPool& pool)
    : ModulesDecorator(inner), project_(project), lock_(lock), pool_(pool) {}

RecordingModules::~RecordingModules() = default;

Result<manifest::Summary> RecordingModules::summary(const ModuleVersion& module) {
  const manifest::StandIn what = stand_in(module);
  const bool reads_manifest = (what.is_directory() || lock_ == nullptr) && !project_.dialect->builtin(module);
  if (reads_manifest) {
    const std::lock_guard lock(mutex_);
    manifests_.emplace(what, module);
  }
  return inner().summary(module);
}

Result<manifest::Tree> RecordingModules::tree(const ModuleVersion& module) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = trees_.find(module); known != trees_.end()) return known->second;
  }
  MODTOOL_TRY(auto tree, inner().tree(module));
  auto recorded = std::make_shared<const RecordedTree>(std::move(tree));
  const std::lock_guard lock(mutex_);
  return trees_.emplace(module, std::move(recorded)).first->second;
}

Result<std::vector<ModuleVersion>> RecordingModules::build_list() {
  if (project_.dialect->roots_of(project_.manifest).prunes) return inner().build_list();
  {
    const std::lock_guard lock(mutex_);
    if (build_list_) return *build_list_;
  }
  MODTOOL_TRY(auto list, project::load_build_list(project_, lock_, *this, pool_));
  const std::lock_guard lock(mutex_);
  build_list_ = std::move(list);
  return *build_list_;
}

Recorded RecordingModules::recorded() const {
  const std::lock_guard lock(mutex_);
  Recorded recorded{.manifests = manifests_};
  recorded.trees.reserve(trees_.size());
  for (const auto& [module, tree] : trees_) recorded.trees.push_back(tree->record(module));
  return recorded;
}

}  // namespace modtool::vendor_tool
