#include "tests/unit/vendor_tool/toy_project.hpp"

#include <algorithm>
#include <utility>

#include "core/module/hash.hpp"
#include "core/project/module_graph.hpp"
#include "core/project/replacement.hpp"
#include "vendor_tool/apply/vendor_apply.hpp"
#include "vendor_tool/proof/vendor_check.hpp"
#include "vendor_tool/run/patched_modules.hpp"
#include "vendor_tool/run/planning.hpp"
#include "vendor_tool/run/proven_modules.hpp"
#include "vendor_tool/run/recording_modules.hpp"
#include "vendor_tool/run/rules.hpp"

namespace modtool::vendor_tool::test {

namespace {

using module::ModuleVersion;

const project::DialectRow& go_row() {
  static const auto rows = project::dialects({.go = "1.26.0", .modtool = "0.1.0"});
  return rows.front();
}

}  // namespace

ToyProject::ToyProject() : modules(*go_row().dialect, replacements_), pool_(1, cancellation_) {
  modules.open_directory = [this](const std::string& path) { return project::open_replacement(disk, project_, path); };
  modules.load_build_list = [this](manifest::Modules& view) {
    return project::load_build_list(project_, nullptr, view, pool_);
  };
}

void ToyProject::publish(std::string_view text) {
  for (auto& [module, files] : modtool::test::parse_modules(text)) {
    modules.texts[module] = std::move(files);
    const auto tree = modules.tree(module);
    const auto preimage = module::hash_tree(**tree, pool_);
    add_checksum(module, module::h1_of(*preimage, to_string(module)));
    add_checksum(manifest::go_mod_key(module), module::h1_of_go_mod(*modules.manifest(module)));
  }
}

void ToyProject::require(const ModuleVersion& module) {
  std::erase_if(require_, [&](const auto& r) { return r.module.path == module.path; });
  if (!module.version.empty()) require_.push_back({.module = module});
  std::ranges::sort(require_, {}, &manifest::Requirement::module);
}

void ToyProject::replace(const ModuleVersion& from, const ModuleVersion& to) {
  std::erase_if(replace_, [&](const auto& r) { return r.from == from; });
  replace_.push_back({.from = from, .to = to});
  replacements_ = manifest::ReplacementTable(replace_);
}

Result<module::Preimage> ToyProject::preimage(const ModuleVersion& module) {
  MODTOOL_TRY(const auto tree, modules.tree(module));
  return module::hash_tree(*tree, pool_);
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

std::string ToyProject::manifest_text() const {
  std::string text = "module m.org/m\n\ngo " + go + "\n\n";
  for (const auto& [module, indirect, group, where] : require_) {
    text += "require " + module.path + " " + module.version + "\n";
  }
  for (const auto& [from, to, where] : replace_) {
    text += "replace " + from.path + " " + from.version + " => " + to.path + " " + to.version + "\n";
  }
  return text;
}

Result<const project::Project*> ToyProject::load() {
  project_ = {.dialect = go_row().dialect,
              .make_usage = go_row().make_usage,
              .build_system = go_row().build_system,
              .can = go_row().can,
              .root = "/p",
              .manifest_path = "/p/go.mod",
              .lock_path = "/p/go.sum",
              .manifest_text = manifest_text()};
  MODTOOL_TRY(project_.manifest, go_row().dialect->parse_manifest(project_.manifest_text, {.shown = "go.mod"}, {}));
  project_.lock.checksums = checksums_;
  std::string source = "package main\n\n";
  for (const auto& path : imports) source += "import _ \"" + path + "\"\n";
  disk.add("/p/main.go", source);
  return &project_;
}

Result<VendorPlan> ToyProject::plan() {
  MODTOOL_CHECK(load());
  PatchedModules view(modules, patches);
  return vendor_tool::plan(project_, view, {.files = disk, .pool = pool_, .allow_errors = allow_errors});
}

Result<VendorPlan> ToyProject::plan_proven() {
  MODTOOL_CHECK(load());
  MODTOOL_TRY(const auto proof, evidence());
  ProvenModules proven(project_, replacements_, *proof, nullptr, pool_);
  PatchedModules view(proven, patches);
  return vendor_tool::plan(project_, view, {.files = checked_files(), .pool = pool_});
}

Result<Recorded> ToyProject::recorded() {
  MODTOOL_CHECK(load());
  RecordingModules recording(modules, project_, nullptr, pool_);
  PatchedModules view(recording, patches);
  MODTOOL_CHECK(vendor_tool::plan(project_, view, {.files = disk, .pool = pool_, .allow_errors = allow_errors}));
  return recording.recorded();
}

Result<void> ToyProject::vendor() {
  MODTOOL_CHECK(load());
  RecordingModules recording(modules, project_, nullptr, pool_);
  PatchedModules view(recording, patches);
  MODTOOL_TRY(const auto plan, vendor_tool::plan(project_, view, {.files = disk, .pool = pool_}));
  const auto preimage = [this](const auto&, const auto& tree) { return module::hash_tree(tree, pool_); };
  MODTOOL_TRY(const auto sums, collect_sums({.plan = &plan,
                                             .recorded = recording.recorded(),
                                             .replacements = &replacements_,
                                             .manifest_name = "go.mod",
                                             .patches = &patches},
                                            {.modules = modules, .preimage = preimage}));
  PatchedModules copied(modules, patches);
  MODTOOL_TRY(const auto trees, open_planned_trees(plan, copied));
  return apply_vendor(disk, pool_, plan, trees,
                      {.place = {project_.vendor_directory(), project_.sums_path()}, .sums = format_sums(sums)});
}

Result<std::unique_ptr<Evidence>> ToyProject::evidence() {
  EvidenceInput input{.files = &checked_files(),
                      .vendor = {project_.vendor_directory(), project_.vendor_name()},
                      .checksums = &project_.lock.checksums,
                      .rule = module_rule(project_),
                      .open_directory = modules.open_directory,
                      .allow_unproven = allow_unproven,
                      .sums_name = project_.sums_name()};
  if (!use_modules) {
    MODTOOL_TRY(const auto text, checked_files().read(project_.sums_path()).required());
    return make_sums_evidence(std::move(input), text);
  }
  return make_module_evidence(
      std::move(input), {.name = project_.can.modules_at_hand,
                         .manifest = [this](const ModuleVersion& module) { return modules.manifest(module); },
                         .tree = [this](const ModuleVersion& module) { return modules.tree(module); },
                         .preimage = [this](const auto&, const auto& tree) { return module::hash_tree(tree, pool_); }});
}

Result<CheckReport> ToyProject::check() {
  MODTOOL_CHECK(load());
  MODTOOL_TRY(const auto proof, evidence());
  ProvenModules proven(project_, replacements_, *proof, nullptr, pool_);
  RecordingModules recording(proven, project_, nullptr, pool_);
  PatchedModules view(recording, patches);
  const PlanOptions options{.files = checked_files(), .pool = pool_};
  const auto planned = vendor_tool::plan(project_, view, options);
  const auto analysis = make_analysis(project_, options);
  MODTOOL_TRY(auto required, indexed_requirements(project_, proven, pool_));
  VendorCheck check{.files = &checked_files(),
                    .pool = &pool_,
                    .vendor = {project_.vendor_directory(), project_.vendor_name()},
                    .evidence = proof.get(),
                    .manifest = {std::move(required), project_.manifest.replace},
                    .analysis = analysis.get(),
                    .modules = &proven,
                    .go_line_of = go_line_rule(*project_.dialect, project_.manifest),
                    .proves_modes = project_.dialect->keeps_modes(),
                    .patches = &patches};
  if (planned) {
    check.plan = PlanAccount{.plan = &*planned,
                             .recorded = recording.recorded(),
                             .replacements = &replacements_,
                             .manifest_name = "go.mod",
                             .patches = &patches};
  } else {
    check.plan = fail(planned.error());
  }
  return check_vendor(check);
}

}  // namespace modtool::vendor_tool::test
