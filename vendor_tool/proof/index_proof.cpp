#include "vendor_tool/proof/index_proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <mutex>
#include <set>
#include <utility>

#include "core/base/text.hpp"
#include "vendor_tool/plan/added_files.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"
#include "vendor_tool/proof/absences.hpp"
#include "vendor_tool/proof/vendor_compare.hpp"

namespace modtool::vendor_tool {
namespace {

class Examiner {
 public:
  explicit Examiner(const IndexExamination& examination) : in_(examination) {}

  Result<IndexProof> run() {
    MODTOOL_TRY(proof_.findings, check_vendor_root(*in_.files, in_.vendor));
    if (proof_.findings.empty()) MODTOOL_CHECK(read_index());
    if (proof_.index) MODTOOL_CHECK(examine());
    std::ranges::sort(proof_.findings, finding_less);
    return std::move(proof_);
  }

 private:
  std::string index_path() const { return in_.vendor.show(kModulesTxt); }

  Finding& report(Code code, std::string path, int line, std::string message) {
    proof_.findings.push_back({.code = code, .path = std::move(path), .line = line, .message = std::move(message)});
    return proof_.findings.back();
  }

  Finding& report_entry(const manifest::VendoredModule& entry, Code code, std::string message) {
    Finding& finding = report(code, index_path(), entry.line, std::move(message));
    finding.module = module::to_string(entry.module);
    return finding;
  }

  Result<void> read_index() {
    const auto text = in_.files->read_beneath(in_.vendor.path, std::string(kModulesTxt)).required();
    if (!text) {
      report(index_code(text.error().code), index_path(), 0, text.error().message);
      return {};
    }
    auto parsed = manifest::parse_modules_txt(*text, index_path());
    if (parsed) {
      proof_.index = std::move(*parsed);
    } else {
      report_problems(parsed.error());
    }
    return {};
  }

  static Code index_code(Code code) {
    if (code == Code::kFileNotFound) return Code::kVendorMissing;
    return code == Code::kSymbolicLink ? Code::kVendorLink : Code::kVendorIndex;
  }

  void report_problems(const Error& error) {
    for (const auto& problem : error.problems) {
      report(Code::kVendorIndex, index_path(), problem.where.line, problem.message);
    }
    if (error.problems.empty()) report(Code::kVendorIndex, index_path(), error.where.line, error.message);
  }

  Result<void> examine() {
    VendorRequest request{.directory = in_.vendor.name,
                          .workspace = proof_.index->workspace,
                          .unused_replacements = proof_.index->unused_replacements};
    check_module_order();
    for (const auto& entry : proof_.index->modules) {
      request.modules.push_back({.index = entry});
      anchors_.push_back(in_.evidence->anchor_line(entry.stand_in()));
      trees_.push_back(examine_module(request.modules.back()));
    }
    return compare(request);
  }

  // Vendoring lists modules by path, each once: with two versions of one, the directory would hold the files of both.
  void check_module_order() {
    const auto& modules = proof_.index->modules;
    for (std::size_t i = 1; i < modules.size(); ++i) {
      if (modules[i - 1].module.path < modules[i].module.path) continue;
      report_entry(modules[i], Code::kVendorIndex,
                   fmt::format("does not come after {}", quote(modules[i - 1].module.path)));
    }
  }

  // The tree of a module that has packages and is vouched for; else null.
  std::shared_ptr<const module::ProvenTree> examine_module(RequestedModule& module) {
    const auto stand_in = module.index.stand_in();
    if (stand_in.is_directory() && !in_.directories.contains(stand_in.path)) {
      report_unproven(module.index,
                      Error{.code = Code::kUnproven,
                            .message = fmt::format("the manifest replaces nothing by `{}`", stand_in.path)});
      return nullptr;
    }
    check_go_line(module.index);
    return module.index.packages.empty() ? nullptr : examine_packages(module);
  }

  void check_go_line(const manifest::VendoredModule& entry) {
    if (!in_.go_line_of) return compare_go_line(entry, "");
    const auto manifest = manifest_of(entry);
    if (!manifest) return report_unproven(entry, manifest.error());
    const auto go = in_.go_line_of(*manifest);
    if (!go) return report_unproven(entry, go.error());
    compare_go_line(entry, *go);
  }

  Result<std::string> manifest_of(const manifest::VendoredModule& entry) const {
    const auto stand_in = entry.stand_in();
    if (stand_in.is_directory()) return in_.evidence->directory_manifest(entry.module, stand_in.path);
    return in_.evidence->manifest(stand_in);
  }

  void compare_go_line(const manifest::VendoredModule& entry, const std::string& go) {
    if (entry.go == go) return;
    Finding& finding = report_entry(entry, Code::kVendorIndex, "another go version than the module's manifest says");
    finding.expected = go;
    finding.actual = entry.go;
    finding.anchor = in_.evidence->anchor_line(manifest::go_mod_key(entry.stand_in()));
  }

  void report_unproven(const manifest::VendoredModule& entry, const Error& error) {
    unjudged_.insert(entry.module.path);
    if (in_.evidence->tells_of(entry.stand_in())) return;
    report_entry(entry, Code::kUnproven, to_line(error)).fix = Fix::modtool("vendor");
  }

  // Fills in what vendoring the listed packages takes, and returns the tree; null where the module is not vouched for.
  std::shared_ptr<const module::ProvenTree> examine_packages(RequestedModule& module) {
    const auto& entry = module.index;
    check_order(entry);
    if (!check_prefixes(entry)) return nullptr;
    // The tree outlives the entry, which moves as modules are added.
    const auto note = [this, path = entry.module.path](std::string_view name) { note_lack(path, name); };
    auto tree = in_.evidence->tree(entry.module, entry.stand_in(), OnLack::kPretend, note);
    if (tree && in_.patches != nullptr) tree = patch::apply_patches(std::move(*tree), entry.stand_in(), *in_.patches);
    if (!tree) {
      report_unproven(entry, tree.error());
      return nullptr;
    }
    auto usage = in_.analysis->select(*in_.modules, entry.module, entry.packages, **tree);
    if (!usage) {
      // Over bytes that are not the module's any error may come; the bytes are what to tell.
      if (!has_lacks(entry.module.path)) report_entry(entry, Code::kVendorIndex, to_line(usage.error()));
      unjudged_.insert(entry.module.path);
      return nullptr;
    }
    module.files = std::move(usage->files);
    module.directories = std::move(usage->directories);
    return std::move(*tree);
  }

  // Vendoring writes packages sorted, each once; an index that has them otherwise was changed by hand.
  void check_order(const manifest::VendoredModule& entry) {
    const auto& packages = entry.packages;
    const auto wrong = std::ranges::adjacent_find(packages, std::ranges::greater_equal{});
    if (wrong == packages.end()) return;
    report_entry(entry, Code::kVendorIndex,
                 fmt::format("{} does not come after {}", quote(*(wrong + 1)), quote(*wrong)));
  }

  // Whether all packages can be of the module.
  bool check_prefixes(const manifest::VendoredModule& entry) {
    const auto is_stray = [&](const auto& package) { return !has_path_prefix(package, entry.module.path); };
    const auto stray = std::ranges::find_if(entry.packages, is_stray);
    if (stray == entry.packages.end()) return true;
    report_entry(entry, Code::kVendorIndex, fmt::format("{} is no package of this module", quote(*stray)));
    unjudged_.insert(entry.module.path);
    return false;
  }

  void note_lack(const std::string& module_path, std::string_view name) {
    const std::lock_guard lock(mutex_);
    lacks_.insert({.module_path = module_path, .destination = destination_of(module_path, name)});
  }

  bool has_lacks(const std::string& module_path) {
    const std::lock_guard lock(mutex_);
    return std::ranges::find(lacks_, module_path, &Lacking::module_path) != lacks_.end();
  }

  Result<void> compare(VendorRequest& request) {
    const std::vector<std::shared_ptr<const module::ModuleTree>> trees(trees_.begin(), trees_.end());
    const auto* records = in_.evidence->records();
    if (records != nullptr) add_files(request, trees, records->with, *in_.analysis);
    const auto plan = plan_vendor(request);
    if (!plan) {
      report_problems(plan.error());
      return {};
    }
    MODTOOL_TRY(auto absences, find_absences({.plan = *plan,
                                              .trees = trees,
                                              .analysis = *in_.analysis,
                                              .records = records,
                                              .carries_over = true,
                                              .ignored = in_.ignored}));
    absences.recorded.merge(absences.ignored);
    MODTOOL_TRY(const auto differences, compare_vendor({.files = in_.files,
                                                        .pool = in_.pool,
                                                        .vendor = in_.vendor,
                                                        .plan = &*plan,
                                                        .trees = trees_,
                                                        .anchors = anchors_,
                                                        .proves_modes = in_.proves_modes,
                                                        .unjudged = unjudged_,
                                                        .may_be_absent = std::move(absences.recorded)}));
    std::ranges::copy(differences, std::back_inserter(proof_.findings));
    report_lacks();
    return {};
  }

  // Bytes that selecting the files asked for, that are not there, and that the comparison has not said a word about.
  void report_lacks() {
    std::set<std::string> said;
    for (const auto& finding : proof_.findings) said.insert(finding.path);
    for (const auto& [module_path, destination] : lacks_) {
      auto path = in_.vendor.show(destination);
      if (said.contains(path)) continue;
      const auto bytes = in_.files->read_beneath(in_.vendor.path, destination).if_such();
      if (!bytes) {
        report(Code::kUnproven, std::move(path), 0, "cannot be read: " + to_line(bytes.error()));
        continue;
      }
      if (bytes->has_value()) {
        report(Code::kVendorModified, std::move(path), 0, "modified");
        continue;
      }
      report(Code::kVendorMissing, std::move(path), 0,
             fmt::format("missing; its bytes are needed to tell what belongs here, and are not kept in {} either",
                         kSumsName));
    }
  }

  // A file whose bytes were asked for in vain.
  struct Lacking {
    std::string module_path;
    std::string destination;  // relative to vendor/

    auto operator<=>(const Lacking&) const = default;
  };

  const IndexExamination& in_;
  IndexProof proof_;
  std::vector<std::shared_ptr<const module::ProvenTree>> trees_;
  std::vector<Where> anchors_;
  std::set<std::string> unjudged_;
  std::mutex mutex_;
  std::set<Lacking> lacks_;
};

}  // namespace

Result<IndexProof> prove_index(const IndexExamination& examination) { return Examiner(examination).run(); }

}  // namespace modtool::vendor_tool
