#include "core/gomod/go_sum_merge.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/gomod/go_sum.hpp"

namespace modtool::gomod {
namespace {

using manifest::ChecksumTable;
using module::ModuleVersion;

std::string lines_of(const ChecksumTable& table, const ModuleVersion& key) {
  ChecksumTable one;
  for (const auto& line : table.lines(key)) one.add(key, line.hash, line.where);
  return format_go_sum(one);
}

// The lines of a key, those of both sides together; a conflict where that makes two hashes of one algorithm.
void merge_key(const ChecksumTable& ours, const ChecksumTable& theirs, const ModuleVersion& key,
               manifest::MergedFile& merged) {
  ChecksumTable both;
  for (const auto* side : {&ours, &theirs}) {
    for (const auto& line : side->lines(key)) both.add(key, line.hash, line.where);
  }
  const auto our_lines = lines_of(ours, key);
  const auto their_lines = lines_of(theirs, key);
  if (both.conflicts().empty() || our_lines == their_lines) {
    merged.text += lines_of(both, key);
    return;
  }
  merged.text += manifest::conflict_text(our_lines, their_lines);
  merged.conflicts.push_back(fmt::format("{} {} has another hash on either side", key.path, key.version));
}

}  // namespace

Result<manifest::MergedFile> merge_go_sums(const manifest::MergeInput& input) {
  if (const auto* text = manifest::trivial_merge(input)) return manifest::MergedFile{.text = std::string(*text)};
  MODTOOL_TRY(const auto ours, parse_go_sum(input.ours, manifest::side_name(input, "ours")));
  MODTOOL_TRY(const auto theirs, parse_go_sum(input.theirs, manifest::side_name(input, "theirs")));
  std::vector<ModuleVersion> keys;
  for (const auto* side : {&ours, &theirs}) {
    for (const auto& [key, lines] : side->all()) keys.push_back(key);
  }
  std::ranges::sort(keys, module::module_less);
  const auto [first, last] = std::ranges::unique(keys);
  keys.erase(first, last);
  manifest::MergedFile merged;
  for (const auto& key : keys) merge_key(ours, theirs, key, merged);
  return merged;
}

}  // namespace modtool::gomod
