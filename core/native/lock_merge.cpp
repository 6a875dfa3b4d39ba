#include "core/native/lock_merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/base/three_way.hpp"
#include "core/native/lock_file.hpp"
#include "core/native/lock_graph.hpp"
#include "core/native/requirement_merge.hpp"

namespace modtool::native {
namespace {

using manifest::Lock;
using manifest::LockedModule;
using manifest::LockedRoot;
using manifest::MergedFile;
using module::ModuleVersion;

struct Locks {
  Lock base;
  Lock ours;
  Lock theirs;
};

// Sorts what the three locks have by a key.
template <class Key, class T>
class ByKey {
 public:
  template <class Entries>
  ByKey(const Locks& locks, const Entries& entries) {
    entries(locks.base, [this](Key key, T value) { of(std::move(key)).base = std::move(value); });
    entries(locks.ours, [this](Key key, T value) { of(std::move(key)).ours = std::move(value); });
    entries(locks.theirs, [this](Key key, T value) { of(std::move(key)).theirs = std::move(value); });
  }
  auto begin() const { return map_.begin(); }
  auto end() const { return map_.end(); }

 private:
  Three<T>& of(Key key) { return map_[std::move(key)]; }

  std::map<Key, Three<T>> map_;
};

using RootKey = std::pair<std::string, std::string>;  // path and group

void required_roots(const Lock& lock, const auto& add) {
  for (const auto& root : lock.roots) {
    if (!root.module.version.empty()) add(RootKey(root.module.path, root.group), root.module.version);
  }
}

void descriptions(const Lock& lock, const auto& add) {
  for (const auto& root : lock.roots) {
    if (!root.description.empty()) add(root.module.path, root.description);
  }
}

void records(const Lock& lock, const auto& add) {
  for (const auto& locked : lock.modules) add(locked.module, &locked);
}

// The part of a record that says which bytes the module has; all of it but what the graph has a say in.
LockedModule pin_of(const LockedModule& locked) {
  LockedModule pin = locked;
  pin.require.clear();
  pin.from.clear();
  pin.groups.clear();
  return pin;
}

// The other part: what the module requires.
LockedModule word_of(const LockedModule& locked) {
  return {.module = locked.module, .require = locked.require, .from = locked.from};
}

LockedModule join(LockedModule pin, const LockedModule& word) {
  pin.require = word.require;
  pin.from = word.from;
  return pin;
}

bool is_manifests_word(const LockedModule& locked) { return locked.from == "manifest"; }

// The three-way rule for a part of a record; nothing where both sides changed it.
std::optional<LockedModule> merge_part(const Three<const LockedModule*>& three,
                                       LockedModule (*part)(const LockedModule&)) {
  const auto text = [&](const std::optional<const LockedModule*>& l) {
    return l ? format_locked_module(part(**l)) : std::string();
  };
  const std::string ours = text(three.ours);
  const std::string theirs = text(three.theirs);
  const std::string* const merged = merge_value(text(three.base), ours, theirs);
  if (merged == nullptr) return std::nullopt;
  return part(merged == &ours ? **three.ours : **three.theirs);
}

std::optional<LockedModule> merge_pin(const Three<const LockedModule*>& three) {
  if ((*three.ours)->sum.empty()) return pin_of(**three.theirs);
  if ((*three.theirs)->sum.empty()) return pin_of(**three.ours);
  return merge_part(three, pin_of);
}

std::optional<LockedModule> merge_word(const Three<const LockedModule*>& three) {
  if (auto merged = merge_part(three, word_of)) return merged;
  // A module's own requirements never change; those that the project describes are merged as the description is.
  const LockedModule& ours = **three.ours;
  const LockedModule& theirs = **three.theirs;
  if (is_manifests_word(ours) || is_manifests_word(theirs)) return std::nullopt;
  LockedModule word = word_of(ours);
  word.require = merge_requirements(three.base ? (*three.base)->require : std::vector<ModuleVersion>(), ours.require,
                                    theirs.require);
  word.from = word.require.empty() ? "" : "describe";
  return word;
}

class LockMerger {
 public:
  explicit LockMerger(const Locks& locks) : locks_(locks) {}

  MergedFile merge() {
    merge_roots();
    merge_records();
    settle_graph();
    return {.text = text(), .conflicts = std::move(conflicts_), .gaps = std::move(gaps_)};
  }

 private:
  struct Conflict {
    LockedModule ours;
    LockedModule theirs;
  };

  void merge_roots() {
    std::map<std::string, std::string> described;
    for (const auto& [path, three] :
         ByKey<std::string, std::string>(locks_, [](const auto& l, const auto& add) { descriptions(l, add); })) {
      const auto* const merged = merge_value(three);
      if (merged == nullptr) miss_description(path);
      if (merged != nullptr && *merged) described[path] = **merged;
    }
    for (const auto& [key, three] :
         ByKey<RootKey, std::string>(locks_, [](const auto& l, const auto& add) { required_roots(l, add); })) {
      const auto version = merge_version(three);
      if (version) add_root({.module = {key.first, *version}, .group = key.second}, described);
    }
    std::set<std::string> roots;
    for (const auto& root : lock_.roots) roots.insert(root.module.path);
    for (const auto& [path, fingerprint] : described) {
      if (!roots.contains(path)) lock_.roots.push_back({.module = {path, ""}, .description = fingerprint});
    }
  }

  void add_root(LockedRoot root, const std::map<std::string, std::string>& described) {
    const auto found = described.find(root.module.path);
    if (found != described.end()) root.description = found->second;
    lock_.roots.push_back(std::move(root));
  }

  // The fingerprint of what the manifest's merge comes to is not known here; without one the lock is out of date.
  void miss_description(const std::string& path) {
    gaps_.push_back(fmt::format("the description of {} was changed on both sides", path));
  }

  void merge_records() {
    for (const auto& [module, three] :
         ByKey<ModuleVersion, const LockedModule*>(locks_, [](const auto& l, const auto& add) { records(l, add); })) {
      if (three.ours && three.theirs) {
        merge_record(three);
      } else if (three.ours || three.theirs) {
        lock_.modules.push_back(*three.either());
      }
    }
  }

  void merge_record(const Three<const LockedModule*>& three) {
    const LockedModule& ours = **three.ours;
    const LockedModule& theirs = **three.theirs;
    if (ours == theirs) return lock_.modules.push_back(ours);
    auto pin = merge_pin(three);
    const auto word = merge_word(three);
    if (pin && word) {
      lock_.modules.push_back(join(std::move(*pin), *word));
      lock_.modules.back().groups = merge_groups(ours.groups, theirs.groups);
      return;
    }
    conflicts_.push_back(fmt::format("{} was locked with {} on either side", to_string(ours.module),
                                     pin ? "other requirements" : "another commit or other files"));
    conflicting_.push_back({ours, theirs});
  }

  // Those that alone need a module: none of them, where the project itself needs it on one side.
  static std::vector<std::string> merge_groups(const std::vector<std::string>& ours,
                                               const std::vector<std::string>& theirs) {
    if (ours.empty() || theirs.empty()) return {};
    std::vector<std::string> merged;
    std::ranges::set_union(ours, theirs, std::back_inserter(merged));
    return merged;
  }

  void settle_graph() {
    if (!conflicting_.empty()) return;
    if (!is_self_contained(locks_.ours) || !is_self_contained(locks_.theirs)) {
      gaps_.emplace_back("modules are replaced, and what stands in for them is in the manifest alone");
      return;
    }
    for (const auto& module : settle(lock_)) {
      gaps_.push_back(fmt::format("{} is selected now and was on neither side", to_string(module)));
    }
  }

  std::string text() const {
    if (conflicting_.empty()) return format_lock(lock_);
    std::vector<std::pair<ModuleVersion, std::string>> entries;
    entries.reserve(lock_.modules.size() + conflicting_.size());
    for (const auto& locked : lock_.modules) entries.emplace_back(locked.module, line_of(locked));
    for (const auto& [ours, theirs] : conflicting_) {
      entries.emplace_back(ours.module, manifest::conflict_text(line_of(ours), line_of(theirs)));
    }
    std::ranges::sort(entries, module::module_less, &std::pair<ModuleVersion, std::string>::first);
    constexpr std::string_view kEnd = "]\n";
    std::string text = format_lock({.roots = lock_.roots});
    text.resize(text.size() - kEnd.size());
    for (const auto& [module, entry] : entries) text += entry;
    return text.append(kEnd);
  }

  static std::string line_of(const LockedModule& locked) { return "," + format_locked_module(locked) + "\n"; }

  const Locks& locks_;
  Lock lock_;
  std::vector<Conflict> conflicting_;
  std::vector<std::string> conflicts_;
  std::vector<std::string> gaps_;
};

// The records alone, which are compared: where they stood is of no use here.
Result<Lock> parse_side(const manifest::MergeInput& input, std::string_view text, std::string_view side) {
  MODTOOL_TRY(auto lock, parse_lock(text, manifest::side_name(input, side)));
  for (auto& locked : lock.modules) locked.where = {};
  return Lock{.roots = std::move(lock.roots), .modules = std::move(lock.modules)};
}

}  // namespace

Result<MergedFile> merge_locks(const manifest::MergeInput& input) {
  if (const auto* text = manifest::trivial_merge(input)) return MergedFile{.text = std::string(*text)};
  Locks locks;
  if (!input.base.empty()) {
    MODTOOL_TRY(locks.base, parse_side(input, input.base, "base"));
  }
  MODTOOL_TRY(locks.ours, parse_side(input, input.ours, "ours"));
  MODTOOL_TRY(locks.theirs, parse_side(input, input.theirs, "theirs"));
  return LockMerger(locks).merge();
}

}  // namespace modtool::native
