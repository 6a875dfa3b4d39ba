// What planning a vendor directory looked at, for modtool.sums.
#pragma once

#include <mutex>
#include <set>

#include "core/base/reporter.hpp"
#include "core/manifest/usage.hpp"
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

// Opens trees and tells each module once, however often it is asked for.
class TellingOpener {
 public:
  TellingOpener(Reporter& reporter, std::string_view verb, manifest::TreeOpener open)
      : task_(reporter.begin({.verb = verb})), open_(std::move(open)) {}
  Result<std::shared_ptr<const module::ModuleTree>> open(const module::ModuleVersion& module) {
    const Task step = is_new(module) ? task_.step(to_string(module)) : Task();
    return open_(module);
  }

 private:
  bool is_new(const module::ModuleVersion& module) {
    const std::lock_guard lock(mutex_);
    return seen_.insert(module).second;
  }

  Task task_;
  manifest::TreeOpener open_;
  std::mutex mutex_;
  std::set<module::ModuleVersion> seen_;
};

}  // namespace modtool::cli
