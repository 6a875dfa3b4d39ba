#include "cli/tasks/build_sources.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/build/source_guard.hpp"
#include "core/engine/each_project.hpp"
#include "core/engine/module_order.hpp"
#include "core/engine/stored_modules.hpp"
#include "core/module/pruned_tree.hpp"
#include "core/project/local_inputs.hpp"
#include "core/resolve/chains.hpp"
#include "vendor_tool/run/check_vendor.hpp"
#include "vendor_tool/run/verify_cache.hpp"

namespace modtool::tasks {
namespace {

using module::ModuleVersion;

// A shortest chain to the selected version.
std::string chain_to(const resolve::ModuleGraph& graph, const ModuleVersion& module) {
  for (const auto& chain : resolve::shortest_chains(graph, module.path)) {
    if (chain.back() != module) continue;
    return join(resolve::names_of(chain), " -> ");
  }
  return {};
}

build::Origin origin_of(const manifest::LockedModule* locked) {
  if (locked == nullptr) return {};
  constexpr std::string_view kTags = "refs/tags/";
  const std::string_view ref = locked->git.ref;
  return {.tag = std::string(ref.starts_with(kTags) ? ref.substr(kTags.size()) : ref),
          .commit = locked->git.commit,
          .url = locked->archive};
}

// A module as the build plan gets it, but for its directory.
build::ModuleInput describe(const engine::OpenProject& opened, const resolve::ModuleGraph& graph,
                            const ModuleVersion& module) {
  const auto& project = opened.project();
  build::ModuleInput input{.module = module,
                           .origin = origin_of(opened.locked(module)),
                           .is_required = std::ranges::any_of(project.manifest.require,
                                                              [&](const manifest::Requirement& requirement) {
                                                                return requirement.group.empty() &&
                                                                       requirement.module.path == module.path;
                                                              }),
                           .chain = chain_to(graph, module)};
  const auto described = project.manifest.describe.find(module.path);
  if (described == project.manifest.describe.end()) return input;
  input.overlay = described->second.overlay;
  input.recipe = described->second.build;
  input.is_patched = !described->second.patches.empty();
  input.where = described->second.where;
  return input;
}

Result<build::Sources> choose_sources(const engine::Context& context, const project::Project& project,
                                      const std::string& mod) {
  if (mod == "vendor") return build::Sources::kVendor;
  if (mod == "readonly") return build::Sources::kCache;
  if (mod == "mod") return build::Sources::kUpdated;
  if (!mod.empty()) return fail(Code::kUsage, fmt::format("`--mod` is vendor, readonly or mod, and not `{}`", mod));
  MODTOOL_TRY(const auto vendored, context.files.lstat(project.vendor_directory()).if_there());
  const bool is_vendored = vendored || vendor_tool::has_half_done_vendor(context.files, project);
  return is_vendored ? build::Sources::kVendor : build::Sources::kCache;
}

Result<void> prove_vendor(const engine::Context& context, const std::string& root, const engine::ProjectChoice& choice,
                          ProofListener& listener) {
  const std::string& dialect = choice.which.name();
  MODTOOL_TRY(auto report, vendor_tool::check_project_vendor(context, {.choice = choice}));
  if (report.passed()) return {};
  std::vector<std::string> paths;
  for (auto& finding : report.findings) {
    finding.fix = finding.fix.naming(dialect);
    paths.push_back(finding.path);
  }
  listener.on_failed_proof(report);
  const bool is_unproven = report.has_unproven();
  Error error{.code = is_unproven ? Code::kUnproven : Code::kVendorStale,
              .message = is_unproven ? "the vendored sources cannot be proven; nothing was built"
                                     : "the vendored sources are out of date; nothing was built"};
  error.fix = Fix::modtool("vendor").naming(dialect);
  return fail(build::name_written(context.files, root, paths, std::move(error)));
}

// What the module cache holds of a checksum file's modules.
Result<void> prove_cache(const engine::Context& context, const project::Project& project) {
  const auto& cache = context.settings.module_cache;
  if (cache.empty()) return {};
  MODTOOL_TRY(const auto there, context.files.stat(cache).if_there());
  if (!there) return {};
  MODTOOL_TRY(const auto found,
              vendor_tool::hash_cached_modules(context, vendor_tool::listed_modules(project.lock.checksums),
                                               &project.lock.checksums, "proving"));
  Error error{.code = Code::kCacheModified, .message = "modules of the cache were changed; nothing was built"};
  for (const auto& module : found)
    error.problems.insert(error.problems.end(), module.problems.begin(), module.problems.end());
  if (error.problems.empty()) return {};
  return fail(std::move(error).with(Fix::command({"go", "clean", "-modcache"})));
}

}  // namespace

Result<build::Sources> prove_sources(const engine::Context& context, engine::OpenProject& opened,
                                     const std::string& mod, const engine::ProjectChoice& choice,
                                     ProofListener& listener) {
  const auto& project = opened.project();
  MODTOOL_TRY(const auto sources, choose_sources(context, project, mod));
  if (sources == build::Sources::kVendor) {
    MODTOOL_CHECK(prove_vendor(context, project.root, choice, listener));
  } else if (project.can.has_module_cache) {
    MODTOOL_CHECK(prove_cache(context, project));
  }
  return sources;
}

Result<std::vector<build::ModuleInput>> locate_modules(const engine::Context& context, engine::OpenProject& opened,
                                                       build::Sources sources) {
  const auto& project = opened.project();
  MODTOOL_TRY(const auto graph, opened.load_graph());
  MODTOOL_TRY(const auto patches, project::load_patches(context.files, project));
  engine::StoredModules store(context, opened, patches);
  std::vector<build::ModuleInput> inputs;
  const auto build_list = graph.build_list();
  for (const auto& module : engine::in_dependency_order(graph)) {
    if (module.version.empty() || project.dialect->builtin(module)) continue;
    auto input = describe(opened, graph, module);
    const manifest::StandIn stand_in = opened.modules().stand_in(module);
    if (sources == build::Sources::kVendor) {
      input.directory = project.vendor_name() + "/" + module.path;
    } else if (stand_in.is_directory()) {
      input.directory = stand_in.path;
      input.is_users_own = true;
    } else {
      MODTOOL_TRY(input.directory, store.directory_of(stand_in, module::nested_modules(module.path, build_list)));
    }
    inputs.push_back(std::move(input));
  }
  return inputs;
}

}  // namespace modtool::tasks
