// A lock as resolution asks it: what a module requires, without its manifest, and whether the lock still belongs to the
// root's manifest.
#pragma once

#include <optional>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/dialect.hpp"
#include "core/manifest/lock.hpp"
#include "core/manifest/manifest.hpp"

namespace modtool::resolve {

// The lock outlives the index. May be used from several threads at once.
class LockIndex {
 public:
  explicit LockIndex(const manifest::Lock& lock);

  // All records, in the order of the lock.
  const std::vector<manifest::LockedModule>& modules() const { return lock_.modules; }
  // The record of a module, or nullptr.
  const manifest::LockedModule* find(const module::ModuleVersion& module) const;
  // What resolution needs of a locked module's manifest; nothing where it is not locked.
  std::optional<manifest::Summary> summary(const module::ModuleVersion& module) const;

 private:
  const manifest::Lock& lock_;
  std::vector<const manifest::LockedModule*> modules_;  // by path and version, bytewise
};

// The roots that a lock of this manifest has, sorted by path and group.
std::vector<manifest::LockedRoot> roots_to_lock(const manifest::Manifest& manifest);

// Whether a lock was made for the requirements and descriptions that the manifest has now. Code::kLockStale names the
// first entry that differs, with its place; `name` is the lock's file name, `fix` the command that mends it.
Result<void> check_lock_is_fresh(const manifest::Manifest& manifest, const manifest::Lock& lock,
                                 const std::string& name, const Fix& fix);

}  // namespace modtool::resolve
