#include "tests/unit/vendor_tool/toy_project.hpp"

#include <algorithm>

#include "core/module/hash.hpp"
#include "vendor_tool/proof/vendor_check.hpp"

namespace modtool::vendor_tool::test {
namespace {

using module::ModuleVersion;

constexpr std::string_view kVendor = "/p/vendor";
constexpr std::string_view kSums = "/p/modtool.sums";

// The files of a directory on the disk as a tree, or kFileNotFound.
Result<std::shared_ptr<const module::ModuleTree>> open_directory(const modtool::test::MemoryFileSystem& disk,
                                                                 const std::string& path) {
  Files files;
  for (const auto& [full, bytes] : disk.files()) {
    if (full.starts_with(path + "/")) files.emplace(full.substr(path.size() + 1), bytes);
  }
  if (files.empty()) return fail(Code::kReplacementMissing, "no directory " + path);
  return module::make_memory_tree(std::move(files));
}

}  // namespace

ToyProject::ToyProject() : pool_(1, cancellation_) {}

void ToyProject::publish(const ModuleVersion& module, Files files) {
  const auto tree = module::make_memory_tree(files);
  auto preimage = module::hash_tree(*tree, pool_);
  add_checksum(module, module::h1_of(*preimage, module::to_string(module)));
  if (!files.contains("go.mod")) files["go.mod"] = "module " + module.path + "\n";
  add_checksum(manifest::go_mod_key(module), module::h1_of_go_mod(files["go.mod"]));
  published[module] = std::move(files);
}

void ToyProject::require(const ModuleVersion& module) {
  std::erase_if(require_, [&](const auto& r) { return r.module.path == module.path; });
  if (!module.version.empty()) require_.push_back({.module = module});
  std::ranges::sort(require_, {}, &manifest::Requirement::module);
}

void ToyProject::replace(const ModuleVersion& from, const ModuleVersion& to) {
  replace_.push_back({.from = from, .to = to});
  replacements_ = manifest::ReplacementTable(replace_);
}

void ToyProject::drop_checksum(const ModuleVersion& key) {
  const auto old = checksums_.all();
  checksums_ = {};
  for (const auto& [each, lines] : old) {
    for (const auto& line : lines) {
      if (each != key) checksums_.add(each, line.hash, line.where);
    }
  }
}

void ToyProject::add_checksum(const ModuleVersion& key, std::string hash) {
  checksums_.add(key, std::move(hash), {.file = "go.sum", .line = ++checksum_line_});
}

std::unique_ptr<manifest::UsageAnalysis> ToyProject::analysis() const {
  std::vector<ModuleVersion> build_list;
  for (const auto& requirement : require_) build_list.push_back(requirement.module);
  return make_toy_analysis(imports, std::move(build_list));
}

Result<std::shared_ptr<const module::ModuleTree>> ToyProject::open_anchor(const ModuleVersion& anchor) {
  if (anchor.version.empty()) return open_directory(disk, io::join_path("/p", anchor.path));
  const auto found = published.find(anchor);
  if (found == published.end()) return fail(Code::kNotFound, "no " + module::to_string(anchor));
  Files files = found->second;
  if (files["go.mod"] == "module " + anchor.path + "\n") files.erase("go.mod");
  return module::make_memory_tree(std::move(files));
}

Result<VendorRequest> ToyProject::request(const manifest::Usage& usage, const ManifestOf& manifest_of) {
  VendorRequest request;
  for (const auto& requirement : require_) {
    RequestedModule module{.index = {.module = requirement.module, .is_explicit = true}};
    if (const auto* found = replacements_.find(requirement.module)) module.index.replacement = found->to;
    MODTOOL_TRY(const auto manifest, manifest_of(requirement.module));
    module.index.go = toy_go_line(manifest);
    for (const auto& used : usage.modules) {
      if (used.module != requirement.module) continue;
      module.index.packages = used.packages;
      module.files = used.files;
      module.directories = used.directories;
    }
    request.modules.push_back(std::move(module));
  }
  for (const auto& unused : replace_) {
    const auto is_it = [&](const auto& module) { return module.index.module == unused.from; };
    if (std::ranges::any_of(request.modules, is_it)) continue;
    request.unused_replacements.push_back({.module = unused.from, .replacement = unused.to});
  }
  return request;
}

Result<void> ToyProject::make(Made& made, TreeRecorder& recorder, const ManifestOf& manifest_of) {
  made.account = {.plan = &made.plan, .replacements = &replacements_};
  for (const auto& requirement : require_) {
    MODTOOL_CHECK(manifest_of(requirement.module));
    made.account.manifests.insert(anchor_of(replacements_, requirement.module));
  }
  MODTOOL_TRY(const auto usage, analysis()->analyse(recorder.opener()));
  MODTOOL_TRY(const auto wanted, request(usage, manifest_of));
  MODTOOL_TRY(made.plan, plan_vendor(wanted));
  made.account.records = recorder.records();
  return {};
}

Result<VendorPlan> ToyProject::plan() {
  TreeRecorder recorder([this](const ModuleVersion& m) { return open_anchor(anchor_of(replacements_, m)); });
  Made made;
  MODTOOL_CHECK(make(made, recorder, [this](const ModuleVersion& m) -> Result<std::string> {
    const auto anchor = anchor_of(replacements_, m);
    if (!anchor.version.empty()) return published[anchor]["go.mod"];
    return disk.read(io::join_path("/p", anchor.path + "/go.mod"));
  }));
  return std::move(made.plan);
}

Result<void> ToyProject::vendor() {
  const auto manifest_of_anchor = [this](const ModuleVersion& anchor) -> Result<std::string> {
    if (!anchor.version.empty()) return published[anchor]["go.mod"];
    return disk.read(io::join_path("/p", anchor.path + "/go.mod"));
  };
  TreeRecorder recorder([this](const ModuleVersion& m) { return open_anchor(anchor_of(replacements_, m)); });
  Made made;
  MODTOOL_CHECK(
      make(made, recorder, [&](const ModuleVersion& m) { return manifest_of_anchor(anchor_of(replacements_, m)); }));
  MODTOOL_TRY(const auto sums, collect_sums(made.account, {.manifest = manifest_of_anchor,
                                                           .preimage = [this](const auto&, const auto& tree) {
                                                             return module::hash_tree(tree, pool_);
                                                           }}));
  MODTOOL_TRY(const auto trees, open_planned_trees(made.plan, recorder.opener()));
  return apply_vendor(disk, pool_, made.plan, trees,
                      {.place = {std::string(kVendor), "/p/modtool.sums"}, .sums = format_sums(sums)});
}

Result<std::unique_ptr<Evidence>> ToyProject::evidence() {
  EvidenceInput input{.files = &checked_files(), .vendor = std::string(kVendor), .checksums = &checksums_};
  input.rule.synthesise = [](const std::string& path) { return "module " + path + "\n"; };
  input.open_directory = [this](const std::string& path) { return open_directory(disk, io::join_path("/p", path)); };
  input.allow_unproven = allow_unproven;
  if (!use_modules) {
    MODTOOL_TRY(const auto text, checked_files().read(std::string(kSums)));
    return make_sums_evidence(std::move(input), text);
  }
  return make_module_evidence(std::move(input), {.name = "module cache",
                                                 .manifest = [this](const ModuleVersion& m) -> Result<std::string> {
                                                   if (!published.contains(m))
                                                     return fail(Code::kNotFound, "not in the cache");
                                                   return published[m]["go.mod"];
                                                 },
                                                 .tree = [this](const ModuleVersion& m) { return open_anchor(m); },
                                                 .preimage =
                                                     [this](const ModuleVersion&, const module::ModuleTree& tree) {
                                                       return module::hash_tree(tree, pool_);
                                                     }});
}

Result<CheckReport> ToyProject::check() {
  MODTOOL_TRY(const auto proof, evidence());
  TreeRecorder recorder(proof->opener(replacements_));
  const auto judge = analysis();
  Made made;
  VendorCheck check{.files = &checked_files(), .pool = &pool_, .vendor = std::string(kVendor), .evidence = proof.get()};
  check.manifest = {.require = require_, .replace = replace_};
  check.analysis = judge.get();
  check.go_line_of = [](std::string_view manifest) -> Result<std::string> { return toy_go_line(manifest); };
  auto planned = make(made, recorder, [&](const ModuleVersion& m) {
    const auto anchor = anchor_of(replacements_, m);
    return anchor.version.empty() ? proof->directory_manifest(m, anchor.path) : proof->manifest(anchor);
  });
  if (planned) {
    check.plan = made.account;
  } else {
    check.plan = fail(planned.error());
  }
  return check_vendor(check);
}

}  // namespace modtool::vendor_tool::test
