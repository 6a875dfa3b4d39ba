// The trees of the modules that a run looks into, each opened once.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "core/base/result.hpp"
#include "core/manifest/modules.hpp"
#include "core/module/module_version.hpp"
#include "core/packages/indexed_tree.hpp"

namespace modtool::packages {

// May be used from several threads at once; different modules are opened side by side.
class TreeCache {
 public:
  explicit TreeCache(manifest::Modules& modules) : modules_(modules) {}

  // An error is the same at every call.
  Result<std::shared_ptr<const IndexedTree>> get(const module::ModuleVersion& module);

 private:
  struct Slot {
    std::once_flag once;
    std::optional<Result<std::shared_ptr<const IndexedTree>>> tree;
  };

  Slot& slot_of(const module::ModuleVersion& module);

  manifest::Modules& modules_;
  std::mutex mutex_;
  std::map<module::ModuleVersion, Slot> slots_;
};

}  // namespace modtool::packages
