#include "vendor_tool/proof/sums_collect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "core/module/executables.hpp"
#include "vendor_tool/proof/evidence.hpp"

namespace modtool::vendor_tool {
namespace {

using Needs = std::map<module::ModuleVersion, SumsNeed>;

SumsNeed& need_for(Needs& needs, const module::ModuleVersion& stand_in) {
  SumsNeed& need = needs[stand_in];
  need.stand_in = stand_in;
  return need;
}

bool is_vendored(const VendorPlan& plan, const module::ModuleVersion& module, const std::string& name) {
  const auto* file = find_planned(plan, destination_of(module.path, name));
  return file != nullptr && plan.modules[file->module].module == module;
}

bool is_patched(const PlanAccount& account, const module::ModuleVersion& stand_in, const std::string& name) {
  const auto* const patches = account.patches == nullptr ? nullptr : account.patches->find(stand_in);
  return patches != nullptr && patches->touches(name);
}

void add_record(SumsNeed& need, const PlanAccount& account, const TreeRecord& record) {
  need.files = true;
  for (const auto& name : record.read) {
    const bool is_manifest = need.manifest && name == account.manifest_name;
    // A name that is not in the tree was asked for in vain; there is nothing to keep.
    const bool exists = module::find_file(*record.tree, name) != nullptr;
    const bool is_there = is_vendored(*account.plan, record.module, name) && !is_patched(account, need.stand_in, name);
    if (exists && !is_manifest && !is_there) need.kept.push_back(name);
  }
}

using Trees = std::map<module::ModuleVersion, const module::ModuleTree*>;

// The tree of each stand-in that needs its files. Where one stands in for two modules, either tree will do.
Trees trees_by_stand_in(const PlanAccount& account) {
  Trees trees;
  for (const auto& record : account.recorded.trees) {
    trees.emplace(account.replacements->stand_in(record.module), record.tree.get());
  }
  return trees;
}

Result<void> add_files(SumsBlock& block, const SumsNeed& need, const module::ModuleTree& tree,
                       const SumsSources& sources) {
  MODTOOL_TRY(block.files, sources.preimage(need.stand_in, tree));
  if (sources.keeps_modes) block.executables = module::executable_names(tree);
  for (const auto& name : need.kept) {
    MODTOOL_TRY(std::string bytes, tree.read(name));
    block.kept.push_back({.name = name, .bytes = std::move(bytes)});
  }
  return {};
}

Result<SumsBlock> make_block(const PlanAccount& account, const SumsNeed& need, const Trees& trees,
                             const SumsSources& sources) {
  SumsBlock block{.module = need.stand_in};
  if (need.manifest) {
    MODTOOL_TRY(block.manifest, sources.modules.manifest(account.recorded.manifests.at(need.stand_in)));
  }
  // Files are needed of what has a record, as trees are.
  if (need.files) MODTOOL_CHECK(add_files(block, need, *trees.at(need.stand_in), sources));
  return block;
}

class Comparison {
 public:
  explicit Comparison(const std::string& name) : name_(name) {}

  std::vector<Finding> run(const std::vector<SumsNeed>& needs, const SumsFile& sums) {
    Needs wanted;
    for (const auto& need : needs) wanted.emplace(need.stand_in, need);
    for (const auto& block : sums.blocks) {
      const auto need = wanted.find(block.module);
      if (need == wanted.end()) {
        report(block, "surplus block: nothing of this module was needed");
        continue;
      }
      compare(need->second, block);
      wanted.erase(need);
    }
    for (const auto& [stand_in, need] : wanted) report({.module = stand_in}, "no block of this module");
    return std::move(findings_);
  }

 private:
  void report(const SumsBlock& block, std::string message) {
    findings_.push_back({.code = Code::kSumsStale,
                         .path = name_,
                         .line = block.line,
                         .module = module::to_string(block.module),
                         .message = std::move(message),
                         .fix = Fix::modtool("vendor")});
  }

  void compare(const SumsNeed& need, const SumsBlock& block) {
    compare_part(need.manifest, block.manifest.has_value(), block, "manifest");
    compare_part(need.files, block.files.has_value(), block, "list of files");
    std::vector<std::string> kept;
    kept.reserve(block.kept.size());
    for (const auto& file : block.kept) kept.push_back(file.name);
    std::vector<std::string> missing;
    std::vector<std::string> surplus;
    std::ranges::set_difference(need.kept, kept, std::back_inserter(missing));
    std::ranges::set_difference(kept, need.kept, std::back_inserter(surplus));
    for (const auto& name : missing) report(block, fmt::format("the bytes of {} are not kept", quote(name)));
    for (const auto& name : surplus) report(block, fmt::format("the bytes of {} need not be kept", quote(name)));
  }

  void compare_part(bool needed, bool present, const SumsBlock& block, std::string_view what) {
    if (needed && !present) report(block, fmt::format("the block has no {}", what));
    if (!needed && present) report(block, fmt::format("the block has a {} that is not needed", what));
  }

  const std::string& name_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<SumsNeed> needs_of(const PlanAccount& account) {
  Needs needs;
  for (const auto& [stand_in, module] : account.recorded.manifests) need_for(needs, stand_in).manifest = true;
  for (const auto& record : account.recorded.trees) {
    const auto stand_in = account.replacements->stand_in(record.module);
    if (!stand_in.is_directory()) add_record(need_for(needs, stand_in), account, record);
  }
  std::vector<SumsNeed> list;
  for (auto& [stand_in, need] : needs) {
    std::ranges::sort(need.kept);
    need.kept.erase(std::ranges::unique(need.kept).begin(), need.kept.end());
    list.push_back(std::move(need));
  }
  return list;
}

Result<SumsFile> collect_sums(const PlanAccount& account, const SumsSources& sources) {
  const auto trees = trees_by_stand_in(account);
  SumsFile sums;
  for (const auto& need : needs_of(account)) {
    auto block = make_block(account, need, trees, sources);
    if (!block) return fail_in(std::move(block), fmt::format("proving {}", module::to_string(need.stand_in)));
    sums.blocks.push_back(std::move(*block));
  }
  return sums;
}

std::vector<Finding> compare_needs(const std::vector<SumsNeed>& needs, const SumsFile& sums, const std::string& name) {
  return Comparison(name).run(needs, sums);
}

}  // namespace modtool::vendor_tool
