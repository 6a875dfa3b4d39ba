#include "vendor_tool/proof/vendor_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/first_few.hpp"
#include "vendor_tool/proof/absences.hpp"
#include "vendor_tool/proof/vendor_compare.hpp"

namespace modtool::vendor_tool {
namespace {

class Judge {
 public:
  explicit Judge(const VendorCheck& check) : in_(check) {}

  Result<CheckReport> run() {
    MODTOOL_TRY(auto findings, in_.plan ? judge_plan(*in_.plan) : judge_failure(in_.plan.error()));
    std::ranges::move(in_.evidence->findings(), std::back_inserter(findings));
    const bool is_unproven = !std::ranges::all_of(findings, &Finding::is_stale);
    if (is_unproven) join_stale_proof(findings);
    drop_what_follows(findings);
    if (const auto absent = in_.evidence->absent(); !absent.empty()) findings.push_back(nothing_vouches(absent));
    for (auto& finding : findings) {
      if (finding.fix.empty()) finding.fix = usual_fix(finding);
    }
    report_.findings = sorted(std::move(findings));
    report_.unproven_allowed = in_.evidence->unproven_allowed();
    report_.directories = in_.evidence->directories();
    report_.evidence = in_.evidence->name();
    report_.asked_sources = in_.evidence->asked_sources();
    MODTOOL_CHECK(in_.pool->cancellation().check());  // it may be why something could not be proven
    return std::move(report_);
  }

 private:
  using Findings = std::vector<Finding>;

  static Findings sorted(Findings findings) {
    std::ranges::sort(findings, finding_less);
    findings.erase(std::ranges::unique(findings).begin(), findings.end());
    return findings;
  }

  // A clone without modtool.sums, as a rule. One thing, however many modules it concerns.
  Finding nothing_vouches(const std::vector<module::ModuleVersion>& absent) const {
    const std::string others = absent.size() > 1 ? fmt::format(" and {} more are", absent.size() - 1) : " is";
    return {.code = Code::kSumsMissing,
            .path = in_.vendor.name,
            .module = to_string(absent.front()),
            .message = fmt::format("nothing here vouches for it: there is no {}, and {}{} not at hand to compare with; "
                                   "`{}` fetches what it needs and writes nothing",
                                   in_.evidence->sums_name(), to_string(absent.front()), others,
                                   to_command(Fix::modtool("verify", {"--fetch"}))),
            .fix = Fix::modtool("vendor", {"--sums-only"})};
  }

  // That nothing of a module is proven follows from what is wrong with its block or its checksums, which is told.
  void drop_what_follows(Findings& findings) const {
    std::set<std::string> told;
    for (const auto& finding : in_.evidence->findings()) {
      if (finding.code != Code::kUnproven && !finding.is_stale()) told.insert(finding.module);
    }
    for (const auto& module : in_.evidence->absent()) told.insert(to_string(module));
    told.erase("");  // of the whole
    std::erase_if(findings, [&](const Finding& finding) {
      return finding.code == Code::kUnproven && told.contains(finding.module);
    });
  }

  // A directory without an index may be anybody's: it is not replaced.
  Fix usual_fix(const Finding& finding) const {
    if (finding.code == Code::kChecksumConflict) return {};  // it says what helps, or why nothing does
    const bool is_unmarked = finding.code == Code::kVendorMissing && finding.path == index_path();
    if (!is_unmarked) return Fix::modtool("vendor");
    return Fix::command({"mv", in_.vendor.name, in_.vendor.name + ".old"}).then(Fix::modtool("vendor"));
  }

  // A vendor directory that go made anew, beside the proof of the one before: that is one thing, whatever of it is
  // seen.
  void join_stale_proof(Findings& findings) const {
    const auto lacking = modules_without_block();
    if (lacking.empty()) return;
    std::set<std::string> concerned;
    for (const auto& module : lacking) concerned.insert(to_string(module));
    for (const auto& block : in_.evidence->sums()->blocks) {
      const auto& key = block.module;
      if (!block.is_directory() && in_.evidence->anchor_line(key).file.empty()) concerned.insert(to_string(key));
    }
    std::erase_if(findings, [&](const Finding& finding) { return concerned.contains(finding.module); });
    const std::string others = lacking.size() > 1 ? fmt::format(" and {} more", lacking.size() - 1) : "";
    findings.push_back({.code = Code::kSumsStale,
                        .path = in_.evidence->sums_name(),
                        .module = to_string(lacking.front()),
                        .message = "it was made for other modules than are asked for now: it has no block of " +
                                   to_string(lacking.front()) + others,
                        .fix = Fix::modtool("vendor", {"--sums-only"})});
  }

  // Those that the manifest and the index agree on, and modtool.sums does not know.
  // Of an index that cannot be read nothing more is said: it is a finding already.
  std::vector<module::ModuleVersion> modules_without_block() const {
    std::vector<module::ModuleVersion> lacking;
    const auto* sums = in_.evidence->sums();
    if (sums == nullptr) return lacking;
    const auto text = in_.files->read_beneath(in_.vendor.path, std::string(kModulesTxt)).or_nothing();
    if (!text) return lacking;
    const auto index = manifest::parse_modules_txt(*text, index_path());
    if (!index || !compare_with_manifest(*index, in_.manifest, index_path()).empty()) return lacking;
    for (const auto& entry : index->modules) {
      const auto stand_in = entry.stand_in();
      if (!stand_in.is_directory() && find_block(*sums, stand_in) == nullptr) lacking.push_back(stand_in);
    }
    return lacking;
  }

  std::string index_path() const { return in_.vendor.show(kModulesTxt); }
  bool evidence_is_sound() const {
    return in_.evidence->absent().empty() && std::ranges::all_of(in_.evidence->findings(), &Finding::is_stale);
  }

  // Whether modtool.sums was made for just the modules that the plan needs now.
  static bool made_for(const SumsFile* sums, const std::vector<SumsNeed>& needs) {
    return sums != nullptr && std::ranges::equal(sums->blocks, needs, {}, &SumsBlock::module, &SumsNeed::stand_in);
  }

  std::set<std::string> replacing_directories() const {
    std::set<std::string> directories;
    for (const auto& replacement : in_.manifest.replace) {
      if (replacement.is_directory()) directories.insert(replacement.to.path);
    }
    return directories;
  }

  Result<IndexProof> examine_index() const {
    return prove_index({.files = in_.files,
                        .pool = in_.pool,
                        .vendor = in_.vendor,
                        .evidence = in_.evidence,
                        .analysis = in_.analysis,
                        .modules = in_.modules,
                        .directories = replacing_directories(),
                        .proves_modes = in_.proves_modes,
                        .patches = in_.patches,
                        .ignored = in_.ignored,
                        .go_line_of = in_.go_line_of});
  }

  Result<Findings> judge_plan(const PlanAccount& account) {
    count(*account.plan);
    MODTOOL_TRY(auto comparison, compare_with_plan(in_, *account.plan));
    MODTOOL_CHECK(count_left_out(comparison));
    auto& differences = comparison.findings;
    const auto* sums = in_.evidence->sums();
    const auto needs = needs_of(account);
    const auto* completed = in_.evidence->completed_sums();
    report_.sums_are_stale =
        completed != nullptr && !compare_needs(needs, *completed, in_.evidence->sums_name()).empty();
    if (!differences.empty()) {
      MODTOOL_TRY(auto stale, stale_instead(*account.plan, made_for(sums, needs)));
      if (!stale.empty()) return stale;
    }
    if (sums != nullptr)
      std::ranges::move(compare_needs(needs, *sums, in_.evidence->sums_name()), std::back_inserter(differences));
    if (!comparison.ignored.empty() && !in_.excused) differences.push_back(not_recorded(comparison.ignored));
    return std::move(differences);
  }

  Result<void> count_left_out(const PlanComparison& comparison) {
    for (const auto& destination : comparison.recorded) {
      MODTOOL_TRY(const auto there, in_.files->lstat(io::join_path(in_.vendor.path, destination)).if_there());
      if (!there) ++report_.left_out;
    }
    report_.recorded = comparison.recorded;
    for (const auto& destination : comparison.ignored) report_.ignored.push_back(in_.vendor.show(destination));
    if (in_.excused) report_.left_out += comparison.ignored.size();
    report_.files -= report_.left_out;
    return {};
  }

  Finding not_recorded(const std::set<std::string>& ignored) const {
    return {.code = Code::kVendorStale,
            .path = in_.vendor.name,
            .message = fmt::format("{} files are not here, as .gitignore says, and no build reads them: {}",
                                   ignored.size(), first_few({ignored.begin(), ignored.end()})),
            .fix = Fix::modtool("vendor", {"--sums-only", "--as-git-keeps"})};
  }

  void count(const VendorPlan& plan) {
    std::set<std::uint32_t> modules;
    for (const auto& file : plan.files) {
      if (plan.modules[file.module].stand_in().is_directory()) continue;  // nothing is anchored of these
      modules.insert(file.module);
      ++report_.files;
      if (file.is_added) ++report_.added;
    }
    report_.modules = modules.size();
  }

  // The findings of a directory that is genuine and only out of date; none where it is not.
  Result<Findings> stale_instead(const VendorPlan& plan, bool sums_are_for_these_modules) {
    MODTOOL_TRY(const auto proof, examine_index());
    if (!proof.holds() || !evidence_is_sound()) return Findings{};
    MODTOOL_TRY(const auto planned, manifest::parse_modules_txt(plan.modules_txt, index_path()));
    if (sums_are_for_these_modules && !same_modules(planned, *proof.index)) return Findings{};
    return compare_indexes(planned, *proof.index, index_path());
  }

  // No plan could be made. Either the evidence lacks something, or the project itself is at fault.
  Result<Findings> judge_failure(const Error& failure) {
    MODTOOL_TRY(const auto proof, examine_index());
    if (!proof.findings.empty() || !evidence_is_sound()) return proof.findings;
    const auto lacks = in_.evidence->lacks();
    if (lacks.empty()) return fail(failure);
    auto differences = compare_with_manifest(*proof.index, in_.manifest, index_path());
    if (!differences.empty()) return differences;
    return describe(lacks);
  }

  // The manifest and the index agree, and yet something is missing: a block (then somebody took it out), or the files
  // of packages that the main module did not use before.
  Findings describe(const std::vector<Lack>& lacks) const {
    Findings findings;
    for (const auto& lack : lacks)
      findings.push_back(lack.destination.empty() ? missing_block(lack) : unvendored(lack));
    return findings;
  }

  Finding missing_block(const Lack& lack) const {
    return {.code = Code::kSumsStale,
            .path = in_.evidence->sums_name(),
            .module = module::to_string(lack.stand_in),
            .message = "no block that proves what is needed of this module",
            .fix = Fix::modtool("vendor")};
  }

  Finding unvendored(const Lack& lack) const {
    return {.code = Code::kVendorStale,
            .path = in_.vendor.show(io::directory_of(lack.destination)),
            .module = module::to_string(lack.stand_in),
            .message = "is used and not vendored",
            .fix = Fix::modtool("vendor")};
  }

  const VendorCheck& in_;
  CheckReport report_;
};

}  // namespace

namespace {

// Of a missing file that Git does not keep vendoring anew says nothing: the next clone lacks it again.
void explain_absence(std::vector<Finding>& findings, const std::string& path) {
  const auto missing = std::ranges::find(findings, path, &Finding::path);
  if (missing == findings.end() || missing->code != Code::kVendorMissing) return;
  missing->message = fmt::format(
      "missing: a rule of .gitignore keeps it out of Git, and a build may read it; a line `!{}` "
      "behind the rule keeps it",
      io::base_name(path));
  missing->fix = Fix::modtool("vendor").then(Fix::command({"git", "add", "-f", "--", path}));
}

}  // namespace

Result<PlanComparison> compare_with_plan(const VendorCheck& check, const VendorPlan& plan) {
  VendorComparison comparison{.files = check.files,
                              .pool = check.pool,
                              .vendor = check.vendor,
                              .plan = &plan,
                              .proves_modes = check.proves_modes};
  comparison.trees.resize(plan.modules.size());
  for (const auto& entry : plan.modules) comparison.anchors.push_back(check.evidence->anchor_line(entry.stand_in()));
  for (const auto& file : plan.files) {
    auto& tree = comparison.trees[file.module];
    if (tree) continue;
    const auto& entry = plan.modules[file.module];
    MODTOOL_TRY(tree, check.evidence->tree(entry.module, entry.stand_in()));
    if (check.patches == nullptr) continue;
    MODTOOL_TRY(tree, patch::apply_patches(std::move(tree), entry.stand_in(), *check.patches));
  }
  Absences absences;
  if (check.analysis != nullptr) {
    const std::vector<std::shared_ptr<const module::ModuleTree>> trees(comparison.trees.begin(),
                                                                       comparison.trees.end());
    MODTOOL_TRY(absences, find_absences({.plan = plan,
                                         .trees = trees,
                                         .analysis = *check.analysis,
                                         .records = check.evidence->records(),
                                         .carries_over = check.evidence->sums() == nullptr,
                                         .ignored = check.ignored,
                                         .sums_name = check.evidence->sums_name()}));
  }
  comparison.may_be_absent = absences.recorded;
  comparison.may_be_absent.insert(absences.ignored.begin(), absences.ignored.end());
  MODTOOL_TRY(auto findings, compare_vendor(comparison));
  for (const auto& destination : absences.needed) explain_absence(findings, check.vendor.show(destination));
  std::ranges::move(absences.findings, std::back_inserter(findings));
  return PlanComparison{.findings = std::move(findings),
                        .recorded = std::move(absences.recorded),
                        .ignored = std::move(absences.ignored)};
}

Result<CheckReport> check_vendor(const VendorCheck& check) { return Judge(check).run(); }

}  // namespace modtool::vendor_tool
