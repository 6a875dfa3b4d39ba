#include "core/resolve/lock_index.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace modtool::resolve {

using manifest::Lock;
using manifest::LockedModule;
using manifest::LockedRoot;
using manifest::Manifest;
using module::ModuleVersion;

namespace {

using RootKey = std::pair<std::string, std::string>;  // path and group

RootKey key_of(const LockedRoot& root) { return {root.module.path, root.group}; }

std::map<RootKey, LockedRoot> by_key(const std::vector<LockedRoot>& roots) {
  std::map<RootKey, LockedRoot> map;
  for (const auto& root : roots) map.emplace(key_of(root), root);
  return map;
}

// What differs between what is asked for and what was locked; empty where nothing does.
std::string difference(const LockedRoot& wanted, const LockedRoot& locked) {
  if (wanted.module.version != locked.module.version) {
    return fmt::format("{} is required at {} and was locked at {}", wanted.module.path, wanted.module.version,
                       locked.module.version);
  }
  if (wanted.description != locked.description) return "the description of " + wanted.module.path + " has changed";
  return {};
}

}  // namespace

LockIndex::LockIndex(const Lock& lock) {
  for (const auto& locked : lock.modules) modules_.emplace(locked.module, &locked);
}

const LockedModule* LockIndex::find(const ModuleVersion& module) const {
  const auto found = modules_.find(module);
  return found == modules_.end() ? nullptr : found->second;
}

std::optional<manifest::Summary> LockIndex::summary(const ModuleVersion& module) const {
  const auto* locked = find(module);
  if (locked == nullptr) return std::nullopt;
  return manifest::Summary{.path = module.path, .require = locked->require};
}

std::vector<LockedRoot> roots_to_lock(const Manifest& manifest) {
  std::vector<LockedRoot> roots;
  for (const auto& requirement : manifest.require) {
    const auto described = manifest.describe.find(requirement.module.path);
    roots.push_back({.module = requirement.module,
                     .group = requirement.group,
                     .description = described == manifest.describe.end() ? "" : described->second.fingerprint,
                     .where = requirement.where});
  }
  for (const auto& [path, description] : manifest.describe) {
    const bool is_root = std::ranges::any_of(roots, [&](const LockedRoot& r) { return r.module.path == path; });
    if (is_root) continue;
    roots.push_back({.module = {path, ""}, .description = description.fingerprint, .where = description.where});
  }
  std::ranges::sort(roots, {}, key_of);
  return roots;
}

Result<void> check_lock_is_fresh(const Manifest& manifest, const Lock& lock, const std::string& name, const Fix& fix) {
  const auto stale = [&](const std::string& why, const Where& where) {
    return fail(Error{.code = Code::kLockStale, .message = name + " is out of date: " + why, .where = where}.with(fix));
  };
  auto locked = by_key(lock.roots);
  for (const auto& wanted : roots_to_lock(manifest)) {
    const auto found = locked.extract(key_of(wanted));
    const auto what = wanted.module.version.empty() ? "described" : "required";
    if (found.empty()) return stale(fmt::format("{} is {} and not locked", wanted.module.path, what), wanted.where);
    if (const auto why = difference(wanted, found.mapped()); !why.empty()) return stale(why, wanted.where);
  }
  if (locked.empty()) return {};
  const auto& [key, surplus] = *locked.begin();
  return stale(key.first + " is locked and no longer required", surplus.where);
}

}  // namespace modtool::resolve
