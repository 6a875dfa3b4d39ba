// What planning a vendor directory looked at, for modtool.sums.
#pragma once

#include <mutex>
#include <set>

#include "core/module/module_version.hpp"

namespace modtool::cli {

// The manifests that a planning read, by what stands in for their modules. May be used from several threads at once.
class ManifestLog {
 public:
  void add(const module::ModuleVersion& anchor) {
    const std::lock_guard lock(mutex_);
    anchors_.insert(anchor);
  }
  std::set<module::ModuleVersion> anchors() const {
    const std::lock_guard lock(mutex_);
    return anchors_;
  }

 private:
  mutable std::mutex mutex_;
  std::set<module::ModuleVersion> anchors_;
};

}  // namespace modtool::cli
