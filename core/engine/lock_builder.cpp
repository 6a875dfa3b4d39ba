#include "core/engine/lock_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/module/executables.hpp"
#include "core/module/hash.hpp"
#include "core/project/local_inputs.hpp"
#include "core/resolve/group_map.hpp"
#include "core/resolve/spellings.hpp"

namespace modtool::engine {
namespace {

using manifest::LockedModule;
using module::ModuleVersion;
using mvs::NodeId;

class LockBuilder {
 public:
  LockBuilder(const Context& context, OpenProject& project, const manifest::Manifest& manifest,
              const resolve::ModuleGraph& graph, patch::ModulePatches patches)
      : context_(context),
        project_(project),
        manifest_(manifest),
        graph_(graph),
        groups_(manifest, graph),
        patches_(std::move(patches)) {}

  Result<BuiltLock> build() {
    built_.lock.roots = resolve::roots_to_lock(manifest_);
    for (const NodeId node : graph_.nodes()) {
      if (!graph_.is_main(node)) add(node);
    }
    std::vector<std::vector<std::string>> notes(to_pin_.size());
    MODTOOL_CHECK(context_.pool.for_each(to_pin_.size(), [&](std::size_t i) -> Result<void> {
      LockedModule& locked = built_.lock.modules[to_pin_[i]];
      auto pinned = pin(locked, notes[i]);
      if (!pinned) return fail_in(std::move(pinned), "locking " + to_string(locked.module));
      return {};
    }));
    for (auto& each : notes) std::ranges::move(each, std::back_inserter(built_.notes));
    return std::move(built_);
  }

 private:
  void add(NodeId node) {
    const ModuleVersion& module = graph_.module(node);
    const manifest::StandIn stand_in = project_.modules().stand_in(module);
    if (stand_in.is_directory()) return;  // a directory is read whenever it is needed
    LockedModule locked{.module = stand_in, .require = requirements_of(node)};
    if (!locked.require.empty()) locked.from = is_described(stand_in) ? "describe" : "manifest";
    if (*graph_.selected(module.path) == module) {
      locked.groups = groups_.groups_of(node);
      to_pin_.push_back(built_.lock.modules.size());
    }
    built_.lock.modules.push_back(std::move(locked));
  }

  std::vector<ModuleVersion> requirements_of(NodeId node) const {
    std::vector<ModuleVersion> modules;
    for (const NodeId target : graph_.required_by(node)) modules.push_back(graph_.module(target));
    std::ranges::sort(modules, module::module_less);
    return modules;
  }

  bool is_described(const ModuleVersion& module) const {
    return project_.project().dialect->described(project_.project().manifest, module).has_value();
  }

  // Where the module is, and the hash of what is there. On several threads at once.
  Result<void> pin(LockedModule& locked, std::vector<std::string>& notes) const {
    MODTOOL_TRY(const source::FoundModule found, project_.origins()->find_module(locked.module));
    locked.git = found.git;
    locked.archive = found.archive;
    locked.submodules = found.submodules;
    locked.submodules_left_out = found.submodules_left_out;
    locked.omitted = found.omitted;
    locked.is_unstripped = found.is_unstripped;
    MODTOOL_TRY(const auto preimage, module::hash_tree(*found.files, context_.pool));
    locked.sum = module::h1_of(preimage, to_string(locked.module));
    MODTOOL_CHECK(check_known_sum(locked));
    locked.executables = module::hash_of_executables(module::executable_names(*found.files));
    MODTOOL_TRY(auto inputs,
                project::hash_local_inputs(context_.files, context_.pool, project_.project(), locked.module));
    locked.overlay = std::move(inputs.overlay);
    locked.patches = std::move(inputs.patches);
    // What does not fit is better known now than when it is vendored.
    MODTOOL_CHECK(patch::apply_patches(module::make_trusted_tree(found.files), locked.module, patches_));
    note_left_out(locked.module, found, notes);
    if (locked.from == "manifest") {
      MODTOOL_TRY(const std::string text, project_.origins()->manifest(locked.module));
      locked.manifest_sum = module::h1_of_go_mod(text);
    }
    return {};
  }

  // What was locked once never changes, unless the manifest now describes other files of it (then the locked commit, or
  // a URL that is another one, says where they are from).
  Result<void> check_known_sum(const LockedModule& locked) const {
    const auto* before = project_.locked(locked.module);
    if (before == nullptr || before->sum.empty() || before->sum == locked.sum) return {};
    const bool same_archive = !locked.archive.empty() && locked.archive == before->archive;
    if (!same_archive && is_described_anew(locked.module.path)) return {};
    return fail(
        Error{.code = Code::kChecksumMismatch,
              .message = fmt::format("the files have the hash {} and were locked with {}", locked.sum, before->sum),
              .where = before->where});
  }

  bool is_described_anew(const std::string& path) const {
    const auto description = [&path](const std::vector<manifest::LockedRoot>& roots) {
      const auto root = std::ranges::find(roots, path, [](const auto& each) { return each.module.path; });
      return root == roots.end() ? std::string() : root->description;
    };
    return description(project_.project().lock.roots) != description(built_.lock.roots);
  }

  static void note_left_out(const ModuleVersion& module, const source::FoundModule& found,
                            std::vector<std::string>& notes) {
    if (found.submodules_left_out > 0) {
      notes.push_back(fmt::format("{}: {} submodules left out", to_string(module), found.submodules_left_out));
    }
    for (const auto& link : found.links_left_out) {
      notes.push_back(fmt::format("{}: link left out: {}", to_string(module), link));
    }
  }

  const Context& context_;
  OpenProject& project_;
  const manifest::Manifest& manifest_;
  const resolve::ModuleGraph& graph_;
  resolve::GroupMap groups_;
  patch::ModulePatches patches_;
  BuiltLock built_;
  std::vector<std::size_t> to_pin_;  // of the lock's modules, those that are selected
};

}  // namespace

Result<BuiltLock> build_lock(const Context& context, OpenProject& project, const manifest::Manifest& manifest,
                             const resolve::ModuleGraph& graph) {
  MODTOOL_CHECK(resolve::check_one_spelling(
      graph, project.modules(), [&project](const std::string& path) { return project.origins()->identity(path); }));
  MODTOOL_TRY(auto patches, project::load_patches(context.files, project.project()));
  return LockBuilder(context, project, manifest, graph, std::move(patches)).build();
}

}  // namespace modtool::engine
