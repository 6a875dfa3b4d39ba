#include "vendor_tool/sums/sums_merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "core/base/three_way.hpp"
#include "vendor_tool/sums/sums_file.hpp"

namespace modtool::vendor_tool {
namespace {

using manifest::MergedFile;

using KeptByName = std::map<std::string, Three<std::string>>;

// A part that one side alone has is taken: the plan of the other one had no need of it. Nothing where they differ.
template <class Part>
std::optional<std::optional<Part>> merge_part(const Three<Part>& three) {
  if (const auto* merged = merge_value(three)) return *merged;
  if (three.ours && three.theirs) return std::nullopt;
  return three.either();
}

std::optional<std::vector<KeptFile>> merge_kept(const SumsBlock& base, const SumsBlock& ours, const SumsBlock& theirs) {
  KeptByName by_name;
  for (const auto& kept : base.kept) by_name[kept.name].base = kept.bytes;
  for (const auto& kept : ours.kept) by_name[kept.name].ours = kept.bytes;
  for (const auto& kept : theirs.kept) by_name[kept.name].theirs = kept.bytes;
  std::vector<KeptFile> files;
  for (const auto& [name, three] : by_name) {
    const auto merged = merge_part(three);
    if (!merged) return std::nullopt;
    if (*merged) files.push_back({name, **merged});
  }
  return files;
}

// The files of a module and which of them are executable.
struct Listing {
  module::Preimage files;
  std::vector<std::string> executables;

  bool operator==(const Listing&) const = default;
};

std::optional<Listing> listing_of(const SumsBlock& block) {
  if (!block.files) return std::nullopt;
  return Listing{*block.files, block.executables};
}

using Names = std::vector<std::string>;

// A name that one side alone has is taken, unless that side only kept it. All are sorted.
Names merge_names(const Names& base, const Names& ours, const Names& theirs) {
  const auto has = [](const Names& names, const std::string& name) { return std::ranges::binary_search(names, name); };
  Names merged;
  std::ranges::set_union(ours, theirs, std::back_inserter(merged));
  std::erase_if(merged,
                [&](const std::string& name) { return has(base, name) && !(has(ours, name) && has(theirs, name)); });
  return merged;
}

std::optional<SumsBlock> merge_block(const SumsBlock& base, const SumsBlock& ours, const SumsBlock& theirs) {
  const auto manifest = merge_part<std::string>({base.manifest, ours.manifest, theirs.manifest});
  auto listing = merge_part<Listing>({listing_of(base), listing_of(ours), listing_of(theirs)});
  auto kept = merge_kept(base, ours, theirs);
  if (!manifest || !listing || !kept) return std::nullopt;
  SumsBlock merged{.module = ours.module, .manifest = *manifest, .kept = std::move(*kept)};
  if (*listing) {
    merged.left_out = merge_names(base.left_out, ours.left_out, theirs.left_out);
    merged.files = std::move((*listing)->files);
    merged.executables = std::move((*listing)->executables);
  }
  return merged;
}

class SumsMerger {
 public:
  explicit SumsMerger(MergedFile& merged) : merged_(merged) {}

  bool leaves_out_files() const { return leaves_out_files_; }

  void add(const Three<SumsBlock>& three) {
    if (three.ours && three.theirs) {
      const auto block = merge_block(three.base.value_or(SumsBlock()), *three.ours, *three.theirs);
      return block ? take(*block) : refuse(three, "holds other bytes on either side");
    }
    if (!three.ours && !three.theirs) return;
    if (!three.base) return take(three.either());
    if (format_block(three.either()) != format_block(*three.base))
      refuse(three, "was changed on one side and dropped on the other");
  }

 private:
  void take(const SumsBlock& block) {
    leaves_out_files_ = leaves_out_files_ || !block.left_out.empty();
    merged_.text += format_block(block);
  }

  void refuse(const Three<SumsBlock>& three, std::string_view why) {
    const auto text = [](const std::optional<SumsBlock>& block) { return block ? format_block(*block) : ""; };
    for (const auto* side : {&three.ours, &three.theirs}) {
      leaves_out_files_ = leaves_out_files_ || (*side && !(*side)->left_out.empty());
    }
    merged_.text += manifest::conflict_text(text(three.ours), text(three.theirs));
    merged_.conflicts.push_back(fmt::format("the block of {} {}", to_string(three.either().module), why));
  }

  MergedFile& merged_;
  bool leaves_out_files_ = false;
};

Result<SumsFile> parse_side(const manifest::MergeInput& input, std::string_view text, std::string_view side) {
  return parse_sums(text, manifest::side_name(input, side));
}

}  // namespace

Result<MergedFile> merge_sums(const manifest::MergeInput& input) {
  if (const auto* text = manifest::trivial_merge(input)) return MergedFile{.text = std::string(*text)};
  SumsFile base;
  if (!input.base.empty()) {
    MODTOOL_TRY(base, parse_side(input, input.base, "base"));
  }
  MODTOOL_TRY(SumsFile ours, parse_side(input, input.ours, "ours"));
  MODTOOL_TRY(SumsFile theirs, parse_side(input, input.theirs, "theirs"));
  std::map<module::ModuleVersion, Three<SumsBlock>> blocks;
  for (auto& block : base.blocks) blocks[block.module].base = std::move(block);
  for (auto& block : ours.blocks) blocks[block.module].ours = std::move(block);
  for (auto& block : theirs.blocks) blocks[block.module].theirs = std::move(block);
  MergedFile merged;
  SumsMerger merger(merged);
  for (const auto& [module, three] : blocks) merger.add(three);
  const Names with = merge_names(base.with, ours.with, theirs.with);
  merged.text.insert(0, format_head(merger.leaves_out_files() || !with.empty(), with));
  return merged;
}

}  // namespace modtool::vendor_tool
