#include "core/packages/tree_cache.hpp"

namespace modtool::packages {

TreeCache::Slot& TreeCache::slot_of(const module::ModuleVersion& module) {
  const std::lock_guard lock(mutex_);
  return slots_[module];
}

Result<std::shared_ptr<const IndexedTree>> TreeCache::get(const module::ModuleVersion& module) {
  Slot& slot = slot_of(module);
  std::call_once(slot.once, [&] {
    auto tree = modules_.tree(module);
    if (tree) {
      slot.tree = std::make_shared<const IndexedTree>(std::move(*tree));
    } else {
      slot.tree = fail(std::move(tree).error());
    }
  });
  return *slot.tree;
}

}  // namespace modtool::packages
