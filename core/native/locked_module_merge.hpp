// Merges one record of modtool.lock that two branches have, each in its own way.
#pragma once

#include <optional>
#include <string_view>

#include "core/manifest/lock.hpp"

namespace modtool::native {

struct LockedModuleSides {
  const manifest::LockedModule* base = nullptr;  // where it had the module
  const manifest::LockedModule& ours;
  const manifest::LockedModule& theirs;
};

struct LockedModuleMerge {
  std::optional<manifest::LockedModule> merged;  // nothing: a person has to decide
  std::string_view differing = {};               // about what: "other requirements"
};

// All three are of one module at one version. What the bytes are and what is required are merged apart, each by the
// three-way rule; a record without a hash has nothing to say of the bytes.
LockedModuleMerge merge_locked_modules(const LockedModuleSides& sides);

// What is left of the record of a version that loses the selection: what it requires.
manifest::LockedModule without_place(const manifest::LockedModule& locked);

}  // namespace modtool::native
