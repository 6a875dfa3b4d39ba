#include "vendor_tool/run/recording_tree.hpp"

#include <utility>

namespace modtool::vendor_tool {

class TreeRecorder::Tree : public module::ModuleTree {
 public:
  explicit Tree(std::shared_ptr<const module::ModuleTree> inner) : inner_(std::move(inner)) {}

  const std::vector<module::TreeFile>& list() const override { return inner_->list(); }

  Result<std::string> read(std::string_view name) const override {
    {
      const std::lock_guard lock(mutex_);
      read_.emplace(name);
    }
    return inner_->read(name);
  }

  TreeRecord record(const module::ModuleVersion& module) const {
    const std::lock_guard lock(mutex_);
    return {.module = module, .tree = inner_, .read = {read_.begin(), read_.end()}};
  }

 private:
  std::shared_ptr<const module::ModuleTree> inner_;
  mutable std::mutex mutex_;
  mutable std::set<std::string, std::less<>> read_;
};

TreeRecorder::TreeRecorder(manifest::TreeOpener open) : open_(std::move(open)) {}
TreeRecorder::~TreeRecorder() = default;

manifest::TreeOpener TreeRecorder::opener() {
  return [this](const module::ModuleVersion& module) { return open(module); };
}

Result<std::shared_ptr<const module::ModuleTree>> TreeRecorder::open(const module::ModuleVersion& module) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = trees_.find(module); known != trees_.end()) return known->second;
  }
  MODTOOL_TRY(auto inner, open_(module));
  auto tree = std::make_shared<Tree>(std::move(inner));
  const std::lock_guard lock(mutex_);
  return trees_.emplace(module, std::move(tree)).first->second;
}

std::vector<TreeRecord> TreeRecorder::records() const {
  const std::lock_guard lock(mutex_);
  std::vector<TreeRecord> records;
  records.reserve(trees_.size());
  for (const auto& [module, tree] : trees_) records.push_back(tree->record(module));
  return records;
}

}  // namespace modtool::vendor_tool
