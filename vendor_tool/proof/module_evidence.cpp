#include <fmt/format.h>

#include <utility>

#include "core/module/executables.hpp"
#include "vendor_tool/proof/evidence.hpp"

namespace modtool::vendor_tool {
namespace {

// Makes the blocks that modtool.sums would have from the modules themselves, as they are asked for, and has them
// checked in the same way.
class FetchedEvidence : public Evidence {
 public:
  FetchedEvidence(EvidenceInput input, ModuleEvidence modules)
      : Evidence(std::move(input)), modules_(std::move(modules)) {
    add_findings(find_conflicts(*this->input().checksums));
  }

  std::string name() const override { return modules_.name; }

 protected:
  Result<Proven> prove(const module::ModuleVersion& stand_in, bool needs_files) override {
    const std::lock_guard lock(mutex_);
    Entry& entry = entries_[stand_in];
    entry.block.module = stand_in;
    MODTOOL_CHECK(needs_files ? load_tree(entry) : load_manifest(entry));
    if (entry.bad) return fail(Code::kUnproven, fmt::format("{} is not proven", module::to_string(stand_in)));
    return Proven{.block = &entry.block, .bytes = entry.tree};
  }

  std::optional<std::string> copy_of_manifest(const std::string&) const override { return std::nullopt; }

 private:
  struct Entry {
    SumsBlock block;
    std::shared_ptr<const module::ModuleTree> tree;
    bool bad = false;
  };

  Result<void> load_manifest(Entry& entry) {
    if (entry.block.manifest) return {};
    auto manifest = modules_.manifest(entry.block.module);
    if (!manifest) return no_evidence(entry.block.module, manifest.error());
    SumsBlock part{.module = entry.block.module, .manifest = *manifest};
    entry.block.manifest = std::move(*manifest);
    judge(entry, part);
    return {};
  }

  Result<void> load_tree(Entry& entry) {
    if (entry.tree) return {};
    if (modules_.manifest) MODTOOL_CHECK(load_manifest(entry));
    auto tree = modules_.tree(entry.block.module);
    if (!tree) return no_evidence(entry.block.module, tree.error());
    MODTOOL_TRY(entry.block.files, modules_.preimage(entry.block.module, **tree));
    if (input().rule.executables) entry.block.executables = module::executable_names(**tree);
    entry.tree = std::move(*tree);
    judge(entry, entry.block);
    return {};
  }

  void judge(Entry& entry, const SumsBlock& block) {
    auto findings = check_block(block, *input().checksums, input().rule, name());
    entry.bad = entry.bad || !findings.empty();
    add_findings(std::move(findings));
  }

  std::unexpected<Error> no_evidence(const module::ModuleVersion& module, const Error& reason) {
    add_findings({{.code = Code::kSumsMissing,
                   .path = sums_name(),
                   .module = module::to_string(module),
                   .message = fmt::format("there is neither a {} nor this module to check against: {}", sums_name(),
                                          to_line(reason)),
                   .fix = Fix::modtool("vendor")}});
    return fail(Error(reason));
  }

  ModuleEvidence modules_;
  std::mutex mutex_;
  std::map<module::ModuleVersion, Entry> entries_;
};

}  // namespace

std::unique_ptr<Evidence> make_module_evidence(EvidenceInput input, ModuleEvidence modules) {
  return std::make_unique<FetchedEvidence>(std::move(input), std::move(modules));
}

}  // namespace modtool::vendor_tool
