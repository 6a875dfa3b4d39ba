#include "core/resolve/lock_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace modtool::resolve {

using manifest::Lock;
using manifest::LockedModule;
using manifest::LockedRoot;
using manifest::Manifest;
using module::ModuleVersion;

namespace {

using RootKey = std::pair<std::string_view, std::string_view>;  // path and group

RootKey key_of(const LockedRoot& root) { return {root.module.path, root.group}; }

std::vector<const LockedRoot*> by_key(const std::vector<LockedRoot>& roots) {
  std::vector<const LockedRoot*> sorted;
  sorted.reserve(roots.size());
  for (const auto& root : roots) sorted.push_back(&root);
  std::ranges::stable_sort(sorted, {}, [](const LockedRoot* root) { return key_of(*root); });
  return sorted;
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

LockIndex::LockIndex(const Lock& lock) : lock_(lock) {
  modules_.reserve(lock.modules.size());
  for (const auto& locked : lock.modules) modules_.push_back(&locked);
  if (!std::ranges::is_sorted(modules_, {}, &LockedModule::module)) {
    std::ranges::stable_sort(modules_, {}, &LockedModule::module);
  }
}

const LockedModule* LockIndex::find(const ModuleVersion& module) const {
  const auto found = std::ranges::lower_bound(modules_, module, {}, &LockedModule::module);
  return found != modules_.end() && (*found)->module == module ? *found : nullptr;
}

std::optional<manifest::Summary> LockIndex::summary(const ModuleVersion& module) const {
  const auto* locked = find(module);
  if (locked == nullptr) return std::nullopt;
  return manifest::Summary{.path = module.path, .require = locked->require};
}

std::vector<LockedRoot> roots_to_lock(const Manifest& manifest) {
  std::vector<LockedRoot> roots;
  std::set<std::string_view> required;
  for (const auto& requirement : manifest.require) {
    required.insert(requirement.module.path);
    const auto described = manifest.describe.find(requirement.module.path);
    roots.push_back({.module = requirement.module,
                     .group = requirement.group,
                     .description = described == manifest.describe.end() ? "" : described->second.fingerprint,
                     .where = requirement.where});
  }
  for (const auto& [path, description] : manifest.describe) {
    if (required.contains(path)) continue;
    roots.push_back({.module = {path, ""}, .description = description.fingerprint, .where = description.where});
  }
  std::ranges::sort(roots, {}, key_of);
  return roots;
}

Result<void> check_lock_is_fresh(const Manifest& manifest, const Lock& lock, const std::string& name, const Fix& fix) {
  const auto stale = [&](const std::string& why, const Where& where) {
    return fail(Error{.code = Code::kLockStale, .message = name + " is out of date: " + why, .where = where}.with(fix));
  };
  const auto all_locked = by_key(lock.roots);
  auto next = all_locked.begin();  // both are in one order
  const LockedRoot* surplus = nullptr;
  for (const auto& wanted : roots_to_lock(manifest)) {
    for (; next != all_locked.end() && key_of(**next) < key_of(wanted); ++next) {
      if (surplus == nullptr) surplus = *next;
    }
    const bool is_locked = next != all_locked.end() && key_of(**next) == key_of(wanted);
    const auto what = wanted.module.version.empty() ? "described" : "required";
    if (!is_locked) return stale(fmt::format("{} is {} and not locked", wanted.module.path, what), wanted.where);
    if (const auto why = difference(wanted, **next++); !why.empty()) return stale(why, wanted.where);
  }
  if (surplus == nullptr && next != all_locked.end()) surplus = *next;
  if (surplus == nullptr) return {};
  return stale(surplus->module.path + " is locked and no longer required", surplus->where);
}

}  // namespace modtool::resolve
