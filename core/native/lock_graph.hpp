// What can be told of a graph from a lock alone, without the manifest and without a repository: which records are
// reached from the roots, and which of them are selected. Locks that are merged have most records in common, so modules
// are numbers here, and a record is there once for all locks that have it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/module/module_map.hpp"
#include "core/module/module_version.hpp"

namespace modtool::native {

using ModuleNumber = std::uint32_t;

// Hands out numbers from 0 on, the same one for equal modules.
class ModuleNumbers {
 public:
  ModuleNumber of(const module::ModuleVersion& module);
  const module::ModuleVersion& module(ModuleNumber number) const { return modules_[number]; }
  std::size_t size() const { return modules_.size(); }

 private:
  std::deque<module::ModuleVersion> modules_;  // a deque, since the map has their addresses
  module::ModuleMap<ModuleNumber> numbers_;
};

struct GraphRoot {
  ModuleNumber module;
  std::string_view group;
};

struct GraphRecord {
  ModuleNumber module;
  std::vector<ModuleNumber> require;
};

// What a lock says of the graph. The records, and the names of groups, live elsewhere.
struct LockShape {
  std::vector<GraphRoot> roots;  // those with a version
  std::vector<const GraphRecord*> records;
};

// What becomes of a record in the lock of its roots.
enum class Fate : std::uint8_t {
  kDropped,  // the roots do not reach it
  kLosing,   // another version of its path is selected
  kSelected,
};

// Walks over the records of a lock. The numbers and the shape outlive it.
class LockGraph {
 public:
  LockGraph(const ModuleNumbers& numbers, const LockShape& shape);

  // Whether there is a record for all that the roots and records ask for, and every record is asked for. A lock of a
  // project that replaces modules is not like that: what a replacement stands for is in the manifest.
  bool is_self_contained() const;

  // Of each record, in their order.
  std::vector<Fate> fates() const;
  // The groups that alone need each module, sorted; none for one that the project itself needs.
  std::unordered_map<ModuleNumber, std::vector<std::string>> groups() const;

 private:
  using Selected = std::unordered_map<std::string_view, ModuleNumber>;  // by path

  template <class Counts>
  std::vector<bool> reach(const Counts& counts, const Selected* selected) const;
  Selected select() const;

  const ModuleNumbers& numbers_;
  const LockShape& shape_;
  std::vector<const GraphRecord*> records_;  // by module
  std::vector<bool> reached_;                // by module
};

}  // namespace modtool::native
