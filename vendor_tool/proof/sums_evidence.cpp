#include <fmt/format.h>

#include <utility>

#include "vendor_tool/proof/evidence.hpp"

namespace modtool::vendor_tool {
namespace {

class SumsEvidence : public Evidence {
 public:
  SumsEvidence(EvidenceInput input, SumsFile sums) : Evidence(std::move(input)), sums_(std::move(sums)) {
    add_findings(find_conflicts(*this->input().checksums));
    for (const auto& block : sums_.blocks) check(block);
  }

  const SumsFile* sums() const override { return &sums_; }
  std::string name() const override { return sums_name(); }

 protected:
  Result<Proven> prove(const module::ModuleVersion& stand_in, Part part) override {
    const SumsBlock* block = find_block(sums_, stand_in);
    if (block == nullptr || (part == Part::kFiles && !block->files)) {
      return lack({.stand_in = stand_in, .destination = {}},
                  fmt::format("{} has no {} {}", sums_name(), block == nullptr ? "block of" : "list of the files of",
                              module::to_string(stand_in)));
    }
    if (bad_.contains(stand_in)) {
      return fail(Code::kUnproven,
                  fmt::format("the block of {} in {} is not proven", module::to_string(stand_in), sums_name()));
    }
    return Proven{.block = block};
  }

  std::optional<std::string> copy_of_manifest(const std::string& directory) const override {
    const SumsBlock* block = find_block(sums_, {.path = directory, .version = {}});
    return block == nullptr ? std::nullopt : block->manifest;
  }

 private:
  void check(const SumsBlock& block) {
    if (block.is_directory()) return check_directory(block);
    auto findings = check_block(block, *input().checksums, input().rule, sums_name());
    if (findings.empty()) return;
    bad_.insert(block.module);
    add_findings(std::move(findings));
  }

  // A directory vouches for itself; its block only lends a manifest where it is not there.
  void check_directory(const SumsBlock& block) {
    if (block.manifest && !block.files && block.kept.empty()) return;
    add_findings({{.code = Code::kSumsStale,
                   .path = sums_name(),
                   .line = block.line,
                   .module = block.module.path,
                   .message = "the block of a directory holds a manifest and nothing else",
                   .fix = Fix::modtool("vendor")}});
  }

  SumsFile sums_;
  std::set<module::ModuleVersion> bad_;
};

}  // namespace

Result<std::unique_ptr<Evidence>> make_sums_evidence(EvidenceInput input, std::string_view text) {
  MODTOOL_TRY(SumsFile sums, parse_sums(text, input.sums_name));
  return make_sums_evidence(std::move(input), std::move(sums));
}

std::unique_ptr<Evidence> make_sums_evidence(EvidenceInput input, SumsFile sums) {
  return std::make_unique<SumsEvidence>(std::move(input), std::move(sums));
}

}  // namespace modtool::vendor_tool
