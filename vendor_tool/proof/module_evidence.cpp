#include <fmt/format.h>

#include <utility>

#include "core/module/executables.hpp"
#include "vendor_tool/proof/evidence.hpp"

namespace modtool::vendor_tool {
namespace {

using module::ModuleVersion;

// Makes the blocks that modtool.sums would have from the modules themselves, as they are asked for, and has them
// checked in the same way.
class FetchedEvidence : public Evidence {
 public:
  FetchedEvidence(EvidenceInput input, ModuleEvidence modules, std::optional<SumsFile> completed)
      : Evidence(std::move(input)), modules_(std::move(modules)), completed_(std::move(completed)) {
    add_findings(find_conflicts(*this->input().checksums));
  }

  const SumsFile* completed_sums() const override { return completed_ ? &*completed_ : nullptr; }
  std::string name() const override {
    const std::string_view article = modules_.name.starts_with("the ") ? "" : "the ";
    return completed_ ? fmt::format("{} and {}{}", sums_name(), article, modules_.name) : modules_.name;
  }

  void judge_block(const ModuleVersion& stand_in) override {
    const auto* block = completed_ ? find_block(*completed_, stand_in) : nullptr;
    const bool has_checksum = block != nullptr && !block->is_directory();
    if (has_checksum) static_cast<void>(is_bad(*block));
  }

  std::vector<std::string> asked_sources() const override {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> asked;
    asked.reserve(entries_.size());
    for (const auto& [module, entry] : entries_) asked.push_back(to_string(module));
    return asked;
  }

 protected:
  Result<Proven> prove(const ModuleVersion& stand_in, Part part) override {
    if (const auto* known = known_block(stand_in, part)) {
      if (is_bad(*known)) return not_proven(stand_in);
      return Proven{.block = known};
    }
    Entry& entry = entry_of(stand_in);
    const std::lock_guard lock(entry.mutex);
    MODTOOL_CHECK(part == Part::kFiles ? load_tree(entry) : load_manifest(entry));
    if (entry.bad) return not_proven(stand_in);
    return Proven{.block = &entry.block, .bytes = entry.tree};
  }

  Result<std::string> bytes_of(const ModuleVersion& stand_in, std::string_view name) override {
    if (!completed_) return Evidence::bytes_of(stand_in, name);
    Entry& entry = entry_of(stand_in);
    const std::lock_guard lock(entry.mutex);
    MODTOOL_CHECK(load_tree(entry));
    return entry.tree->read(name);
  }

  std::optional<std::string> copy_of_manifest(const std::string& directory) const override {
    const auto* block = completed_ ? find_block(*completed_, {.path = directory, .version = {}}) : nullptr;
    return block == nullptr ? std::nullopt : block->manifest;
  }

 private:
  struct Entry {
    std::mutex mutex;  // of the rest
    SumsBlock block;
    std::shared_ptr<const module::ModuleTree> tree;
    std::optional<Error> failure;  // what the source said when it was asked
    bool bad = false;
  };

  static std::unexpected<Error> not_proven(const ModuleVersion& module) {
    return fail(Code::kUnproven, fmt::format("{} is not proven", to_string(module)));
  }

  // The block of modtool.sums that has the part.
  const SumsBlock* known_block(const ModuleVersion& stand_in, Part part) const {
    const auto* block = completed_ ? find_block(*completed_, stand_in) : nullptr;
    if (block == nullptr) return nullptr;
    const bool has_part = part == Part::kFiles ? block->files.has_value() : block->manifest.has_value();
    return has_part ? block : nullptr;
  }

  bool is_bad(const SumsBlock& block) {
    const std::lock_guard lock(mutex_);
    const auto [judged, is_new] = judged_.try_emplace(block.module, false);
    if (!is_new) return judged->second;
    auto findings = check_block(block, *input().checksums, input().rule, sums_name());
    judged->second = !findings.empty();
    add_findings(std::move(findings));
    return judged->second;
  }

  Entry& entry_of(const ModuleVersion& module) {
    const std::lock_guard lock(mutex_);
    Entry& entry = entries_[module];
    entry.block.module = module;
    return entry;
  }

  Result<void> load_manifest(Entry& entry) {
    if (entry.block.manifest) return {};
    if (entry.failure) return fail(*entry.failure);
    auto manifest = modules_.manifest(entry.block.module);
    if (!manifest) return no_evidence(entry, std::move(manifest).error());
    SumsBlock part{.module = entry.block.module, .manifest = *manifest};
    entry.block.manifest = std::move(*manifest);
    judge(entry, part);
    return {};
  }

  Result<void> load_tree(Entry& entry) {
    if (entry.tree) return {};
    if (modules_.manifest) MODTOOL_CHECK(load_manifest(entry));
    if (entry.failure) return fail(*entry.failure);
    auto tree = modules_.tree(entry.block.module);
    if (!tree) return no_evidence(entry, std::move(tree).error());
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

  // The same check where it may look elsewhere: without --offline, or without the setting that keeps it from that.
  static Fix fetching_again(const Error& reason) {
    const auto settings = reason.fix.empty() ? std::vector<std::string>() : reason.fix.commands.front().environment;
    const bool is_by_setting = !settings.empty();
    if (reason.code == Code::kOffline && !is_by_setting) return Fix::modtool("verify", {"--fetch"});
    const Fix again = Fix::again("verify", {"--fetch"}, "--fetch");
    return is_by_setting ? again.under(settings.front()) : again;
  }

  std::unexpected<Error> no_evidence(Entry& entry, Error reason) {
    entry.failure = reason;
    const bool is_not_here = fails_to_fetch(reason.code) || reason.code == Code::kFileNotFound;
    if (is_not_here && !modules_.fetches) {
      note_absent(entry.block.module);
    } else {
      const bool speaks_for_itself = is_not_here || breaks_proof(reason.code);
      const std::string module = to_string(entry.block.module);
      const Where anchor = anchor_line(entry.block.module);
      add_findings({{.code = speaks_for_itself ? reason.code : Code::kSumsMissing,
                     .path = anchor.known() ? anchor.file : sums_name(),
                     .line = anchor.line,
                     .module = module,
                     .message = fmt::format("{} cannot be compared: {}", module, to_line(reason)),
                     .fix = is_not_here ? fetching_again(reason) : reason.fix}});
    }
    return fail(std::move(reason));
  }

  ModuleEvidence modules_;
  std::optional<SumsFile> completed_;
  mutable std::mutex mutex_;  // of what follows, the entries themselves left out
  std::map<ModuleVersion, Entry> entries_;
  std::map<ModuleVersion, bool> judged_;  // blocks of `completed_` that were asked for → whether they are bad
};

}  // namespace

std::unique_ptr<Evidence> make_module_evidence(EvidenceInput input, ModuleEvidence modules,
                                               std::optional<SumsFile> completed) {
  return std::make_unique<FetchedEvidence>(std::move(input), std::move(modules), std::move(completed));
}

}  // namespace modtool::vendor_tool
