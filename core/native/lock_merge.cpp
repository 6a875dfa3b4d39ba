#include "core/native/lock_merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "core/base/three_way.hpp"
#include "core/native/lock_file.hpp"
#include "core/native/lock_graph.hpp"
#include "core/native/lock_lines.hpp"
#include "core/native/locked_module_merge.hpp"
#include "core/native/requirement_merge.hpp"

namespace modtool::native {
namespace {

using manifest::LockedModule;
using manifest::LockedRoot;
using manifest::MergedFile;
using module::ModuleVersion;

// The roots that are not the same in all three locks.
struct Roots {
  std::vector<LockedRoot> base;
  std::vector<LockedRoot> ours;
  std::vector<LockedRoot> theirs;
};

// Sorts what the three locks have by a key.
template <class Key>
class ByKey {
 public:
  template <class Entries>
  ByKey(const Roots& roots, const Entries& entries) {
    entries(roots.base, [this](Key key, std::string value) { of(std::move(key)).base = std::move(value); });
    entries(roots.ours, [this](Key key, std::string value) { of(std::move(key)).ours = std::move(value); });
    entries(roots.theirs, [this](Key key, std::string value) { of(std::move(key)).theirs = std::move(value); });
  }
  auto begin() const { return map_.begin(); }
  auto end() const { return map_.end(); }

 private:
  Three<std::string>& of(Key key) { return map_[std::move(key)]; }

  std::map<Key, Three<std::string>> map_;
};

using RootKey = std::pair<std::string, std::string>;  // path and group

void required_roots(const std::vector<LockedRoot>& roots, const auto& add) {
  for (const auto& root : roots) {
    if (!root.module.version.empty()) add(RootKey(root.module.path, root.group), root.module.version);
  }
}

void descriptions(const std::vector<LockedRoot>& roots, const auto& add) {
  for (const auto& root : roots) {
    if (!root.description.empty()) add(root.module.path, root.description);
  }
}

class LockMerger {
 public:
  // Nothing where a side is not just as format_lock writes it.
  static std::optional<MergedFile> merge(const manifest::MergeInput& input) {
    const auto base = cut_lock(input.base);
    const auto ours = cut_lock(input.ours);
    const auto theirs = cut_lock(input.theirs);
    if (!base || !ours || !theirs) return std::nullopt;
    LockMerger merger;
    if (!RootWalk(merger).walk(base->roots, ours->roots, theirs->roots) ||
        !ModuleWalk(merger).walk(base->modules, ours->modules, theirs->modules)) {
      return std::nullopt;
    }
    merger.merge_roots();
    merger.settle_graph();
    return MergedFile{
        .text = merger.text(), .conflicts = std::move(merger.conflicts_), .gaps = std::move(merger.gaps_)};
  }

 private:
  // What the merged lock has at a place.
  struct RootEntry {
    ModuleNumber module = 0;
    std::string_view group;
    std::string_view line;
  };
  struct ModuleEntry {
    const GraphRecord* record = nullptr;
    bool has_sum = false;
    std::vector<std::string> groups = {};
    std::string_view line;        // empty: dropped
    std::string_view other = {};  // theirs, where both are in conflict
  };

  class RootWalk final : public ThreeWayWalk<LockedRoot> {
   public:
    explicit RootWalk(LockMerger& merger) : merger_(merger) {}

   private:
    std::shared_ptr<const LockedRoot> read(std::string_view line) const override {
      auto root = parse_locked_root(line);
      if (!root || format_locked_root(*root) != line) return nullptr;
      return std::make_shared<const LockedRoot>(std::move(*root));
    }
    bool less(const LockedRoot& a, const LockedRoot& b) const override { return root_less(a, b); }
    void take(const Line<LockedRoot>& common) override {
      merger_.add_root(*common.record, common.text);
      merger_.require(merger_.ours_, *common.record);
      merger_.require(merger_.theirs_, *common.record);
    }
    void take(const Three<Line<LockedRoot>>& differing) override {
      if (differing.base) merger_.roots_.base.push_back(*differing.base->record);
      if (differing.ours) merger_.roots_.ours.push_back(*differing.ours->record);
      if (differing.theirs) merger_.roots_.theirs.push_back(*differing.theirs->record);
      if (differing.ours) merger_.require(merger_.ours_, *differing.ours->record);
      if (differing.theirs) merger_.require(merger_.theirs_, *differing.theirs->record);
    }

    LockMerger& merger_;
  };

  class ModuleWalk final : public ThreeWayWalk<LockedModule> {
   public:
    explicit ModuleWalk(LockMerger& merger) : merger_(merger) {}

   private:
    std::shared_ptr<const LockedModule> read(std::string_view line) const override {
      auto locked = parse_locked_module(line);
      if (!locked || format_locked_module(*locked) != line) return nullptr;
      return std::make_shared<const LockedModule>(std::move(*locked));
    }
    bool less(const LockedModule& a, const LockedModule& b) const override { return module_less(a.module, b.module); }
    void take(const Line<LockedModule>& common) override {
      merger_.keep(common, merger_.enter(*common.record, true, true));
    }
    void take(const Three<Line<LockedModule>>& differing) override {
      if (differing.ours && differing.theirs) {
        merger_.merge_record(differing);
      } else if (differing.ours || differing.theirs) {
        const auto& line = differing.either();
        merger_.keep(line, merger_.enter(*line.record, differing.ours.has_value(), differing.theirs.has_value()));
      }
    }

    LockMerger& merger_;
  };

  void require(LockShape& shape, const LockedRoot& root) {
    if (!root.module.version.empty()) shape.roots.push_back({numbers_.of(root.module), group_of(root)});
  }

  void add_root(const LockedRoot& root, std::string_view line) {
    root_entries_.push_back({numbers_.of(root.module), group_of(root), line});
    require(merged_, root);
  }

  void add_merged_root(const LockedRoot& root) { add_root(root, keep_text(format_locked_root(root))); }

  std::string_view group_of(const LockedRoot& root) { return *groups_.insert(root.group).first; }
  const std::string& path_of(const RootEntry& root) const { return numbers_.module(root.module).path; }

  std::string_view keep_text(std::string text) { return made_.emplace_back(std::move(text)); }

  void merge_roots() {
    std::map<std::string, std::string> described;
    for (const auto& [path, three] :
         ByKey<std::string>(roots_, [](const auto& roots, const auto& add) { descriptions(roots, add); })) {
      const auto* const merged = merge_value(three);
      if (merged == nullptr) miss_description(path);
      if (merged != nullptr && *merged) described[path] = **merged;
    }
    for (const auto& [key, three] :
         ByKey<RootKey>(roots_, [](const auto& roots, const auto& add) { required_roots(roots, add); })) {
      const auto version = merge_version(three);
      if (!version) continue;
      LockedRoot root{.module = {key.first, *version}, .group = key.second};
      const auto found = described.find(key.first);
      if (found != described.end()) root.description = found->second;
      add_merged_root(root);
    }
    for (const auto& root : root_entries_) described.erase(path_of(root));
    for (const auto& [path, fingerprint] : described) {
      add_merged_root({.module = {path, ""}, .description = fingerprint});
    }
  }

  // The fingerprint of what the manifest's merge comes to is not known here; without one the lock is out of date.
  void miss_description(const std::string& path) {
    gaps_.push_back(fmt::format("the description of {} was changed on both sides", path));
  }

  // What a record says of the graph, for the sides that have it.
  const GraphRecord& enter(const LockedModule& locked, bool is_ours, bool is_theirs) {
    GraphRecord record{.module = numbers_.of(locked.module), .require = {}};
    record.require.reserve(locked.require.size());
    for (const auto& required : locked.require) record.require.push_back(numbers_.of(required));
    const auto& entered = records_.emplace_back(std::move(record));
    if (is_ours) ours_.records.push_back(&entered);
    if (is_theirs) theirs_.records.push_back(&entered);
    return entered;
  }

  void keep(const Line<LockedModule>& line, const GraphRecord& record) {
    entries_.push_back(
        {.record = &record, .has_sum = !line.record->sum.empty(), .groups = line.record->groups, .line = line.text});
  }

  void merge_record(const Three<Line<LockedModule>>& three) {
    const LockedModule& ours = *three.ours->record;
    const LockedModule& theirs = *three.theirs->record;
    const bool is_same = three.ours->text == three.theirs->text;
    const auto& record = enter(ours, true, is_same);
    if (is_same) return keep(*three.ours, record);
    enter(theirs, false, true);
    const auto result =
        merge_locked_modules({.base = three.base ? three.base->record.get() : nullptr, .ours = ours, .theirs = theirs});
    if (const auto& merged = result.merged) {
      const auto text = keep_text(format_locked_module(*merged));
      return keep({text, std::make_shared<const LockedModule>(*merged)}, enter(*merged, false, false));
    }
    conflicts_.push_back(fmt::format("{} was locked with {} on either side", to_string(ours.module), result.differing));
    entries_.push_back({.record = &record, .line = three.ours->text, .other = three.theirs->text});
  }

  void settle_graph() {
    if (!conflicts_.empty()) return;
    if (!LockGraph(numbers_, ours_).is_self_contained() || !LockGraph(numbers_, theirs_).is_self_contained()) {
      gaps_.emplace_back("modules are replaced, and what stands in for them is in the manifest alone");
      return;
    }
    merged_.records.reserve(entries_.size());
    for (const auto& entry : entries_) merged_.records.push_back(entry.record);
    const LockGraph graph(numbers_, merged_);
    const auto fates = graph.fates();
    const auto groups = graph.groups();
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const auto found = groups.find(entries_[i].record->module);
      settle(entries_[i], fates[i], found == groups.end() ? std::vector<std::string>() : found->second);
    }
  }

  // Drops a record, takes the places and hashes from one that loses the selection, and enters the groups that alone
  // need one that is selected.
  void settle(ModuleEntry& entry, Fate fate, const std::vector<std::string>& groups) {
    if (fate == Fate::kDropped) {
      entry.line = {};
    } else if (fate == Fate::kLosing) {
      rewrite(entry, [](LockedModule& locked) { locked = without_place(locked); });
    } else {
      if (entry.groups != groups) rewrite(entry, [&](LockedModule& locked) { locked.groups = groups; });
      if (!entry.has_sum) miss_hash(numbers_.module(entry.record->module));
    }
  }

  void rewrite(ModuleEntry& entry, const auto& change) {
    auto locked = parse_locked_module(entry.line);
    if (!locked) return;  // it was written here, or read before
    change(*locked);
    entry.line = keep_text(format_locked_module(*locked));
  }

  void miss_hash(const ModuleVersion& module) {
    gaps_.push_back(fmt::format("{} is selected now and was on neither side", to_string(module)));
  }

  std::string text() {
    std::ranges::stable_sort(root_entries_, {},
                             [&](const RootEntry& root) { return std::tie(path_of(root), root.group); });
    std::string text;
    text.reserve(size());
    const auto is_new = [](const ModuleEntry& entry) {
      return needs_format_2(entry.line) || needs_format_2(entry.other);
    };
    text += std::ranges::any_of(entries_, is_new) ? kLockHead2 : kLockHead;
    for (const auto& root : root_entries_) add_line(text, root.line);
    for (const auto& entry : entries_) add_entry(text, entry);
    return text.append(kLockTail);
  }

  // About that of the merged text: while it grew, two of it would be there.
  std::size_t size() const {
    constexpr std::size_t kAround = 2;  // the comma and the line feed
    std::size_t size = kLockHead.size() + kLockTail.size();
    for (const auto& root : root_entries_) size += root.line.size() + kAround;
    for (const auto& entry : entries_) size += entry.line.size() + entry.other.size() + kAround;
    return size;
  }

  static void add_entry(std::string& text, const ModuleEntry& entry) {
    if (entry.other.empty()) {
      if (!entry.line.empty()) add_line(text, entry.line);
      return;
    }
    std::string ours;
    std::string theirs;
    add_line(ours, entry.line);
    add_line(theirs, entry.other);
    text += manifest::conflict_text(ours, theirs);
  }

  static void add_line(std::string& text, std::string_view line) { text.append(",").append(line).append("\n"); }

  ModuleNumbers numbers_;
  std::set<std::string> groups_;
  std::deque<GraphRecord> records_;
  LockShape ours_;
  LockShape theirs_;
  LockShape merged_;
  Roots roots_;
  std::vector<RootEntry> root_entries_;
  std::vector<ModuleEntry> entries_;  // by module_less
  std::deque<std::string> made_;      // lines that no side has
  std::vector<std::string> conflicts_;
  std::vector<std::string> gaps_;
};

// What a lock says, written as format_lock writes it.
Result<std::string> rewritten(const manifest::MergeInput& input, std::string_view text, std::string_view side) {
  MODTOOL_TRY(const auto lock, parse_lock(text, manifest::side_name(input, side)));
  return format_lock(lock);
}

}  // namespace

Result<MergedFile> merge_locks(const manifest::MergeInput& input) {
  if (const auto* text = manifest::trivial_merge(input)) return MergedFile{.text = std::string(*text)};
  if (auto merged = LockMerger::merge(input)) return std::move(*merged);
  std::string base;
  if (!input.base.empty()) {
    MODTOOL_TRY(base, rewritten(input, input.base, "base"));
  }
  MODTOOL_TRY(const std::string ours, rewritten(input, input.ours, "ours"));
  MODTOOL_TRY(const std::string theirs, rewritten(input, input.theirs, "theirs"));
  auto merged = LockMerger::merge({.base = base, .ours = ours, .theirs = theirs, .name = input.name});
  if (!merged) return fail(Code::kInternal, "a lock that was just written cannot be read");
  return std::move(*merged);
}

}  // namespace modtool::native
