#include "core/native/locked_module_merge.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "core/base/three_way.hpp"
#include "core/native/lock_file.hpp"
#include "core/native/requirement_merge.hpp"

namespace modtool::native {
namespace {

using manifest::LockedModule;
using module::ModuleVersion;

// The part of a record that says which bytes the module has; all of it but what the graph has a say in.
LockedModule pin_of(const LockedModule& locked) {
  LockedModule pin = locked;
  pin.require.clear();
  pin.from.clear();
  pin.groups.clear();
  return pin;
}

LockedModule join(LockedModule pin, const LockedModule& word) {
  pin.require = word.require;
  pin.from = word.from;
  return pin;
}

bool is_manifests_word(const LockedModule& locked) { return locked.from == "manifest"; }

// The three-way rule for a part of a record; nothing where both sides changed it.
std::optional<LockedModule> merge_part(const LockedModuleSides& sides, LockedModule (*part)(const LockedModule&)) {
  const std::string base = sides.base == nullptr ? std::string() : format_locked_module(part(*sides.base));
  const std::string ours = format_locked_module(part(sides.ours));
  const std::string theirs = format_locked_module(part(sides.theirs));
  const std::string* const merged = merge_value(base, ours, theirs);
  if (merged == nullptr) return std::nullopt;
  return part(merged == &ours ? sides.ours : sides.theirs);
}

std::optional<LockedModule> merge_pin(const LockedModuleSides& sides) {
  if (sides.ours.sum.empty()) return pin_of(sides.theirs);
  if (sides.theirs.sum.empty()) return pin_of(sides.ours);
  return merge_part(sides, pin_of);
}

std::optional<LockedModule> merge_word(const LockedModuleSides& sides) {
  if (auto merged = merge_part(sides, without_place)) return merged;
  // A module's own requirements never change; those that the project describes are merged as the description is.
  if (is_manifests_word(sides.ours) || is_manifests_word(sides.theirs)) return std::nullopt;
  LockedModule word = without_place(sides.ours);
  word.require = merge_requirements(sides.base == nullptr ? std::vector<ModuleVersion>() : sides.base->require,
                                    sides.ours.require, sides.theirs.require);
  word.from = word.require.empty() ? "" : "describe";
  return word;
}

// Those that alone need a module: none of them, where the project itself needs it on one side.
std::vector<std::string> merge_groups(const std::vector<std::string>& ours, const std::vector<std::string>& theirs) {
  if (ours.empty() || theirs.empty()) return {};
  std::vector<std::string> merged;
  std::ranges::set_union(ours, theirs, std::back_inserter(merged));
  return merged;
}

}  // namespace

LockedModuleMerge merge_locked_modules(const LockedModuleSides& sides) {
  auto pin = merge_pin(sides);
  const auto word = merge_word(sides);
  if (!pin) return {.merged = std::nullopt, .differing = "another commit or other files"};
  if (!word) return {.merged = std::nullopt, .differing = "other requirements"};
  LockedModule merged = join(std::move(*pin), *word);
  merged.groups = merge_groups(sides.ours.groups, sides.theirs.groups);
  return {.merged = std::move(merged)};
}

LockedModule without_place(const LockedModule& locked) {
  return {.module = locked.module, .require = locked.require, .from = locked.from};
}

}  // namespace modtool::native
