// Sets and maps of modules that are held elsewhere: a key is the address of a module, and two keys are one where path
// and version are equal.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "core/module/module_version.hpp"

namespace modtool::module {

struct HashOfModule {
  std::size_t operator()(const ModuleVersion* module) const {
    constexpr std::hash<std::string> kHash;
    return kHash(module->path) * 31 + kHash(module->version);
  }
};
struct SameModule {
  bool operator()(const ModuleVersion* a, const ModuleVersion* b) const { return *a == *b; }
};

// In no order; whatever is told of them is sorted first.
using ModuleSet = std::unordered_set<const ModuleVersion*, HashOfModule, SameModule>;
template <class T>
using ModuleMap = std::unordered_map<const ModuleVersion*, T, HashOfModule, SameModule>;

}  // namespace modtool::module
