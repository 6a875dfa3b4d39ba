#include "core/engine/download.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <utility>

#include "core/engine/each_project.hpp"
#include "core/engine/learned_checksums.hpp"
#include "core/engine/open_project.hpp"
#include "core/engine/preimage.hpp"
#include "core/goproxy/proxy_tree.hpp"
#include "core/goproxy/zip_tree.hpp"
#include "core/project/module_graph.hpp"

namespace modtool::engine {
namespace {

using module::ModuleVersion;

Result<void> check_locked(const project::Project& project) {
  if (project.has_lock || !project.can.locks_graph) return {};
  return fail(
      Error{.code = Code::kLockStale, .message = fmt::format("there is no {}", project.dialect->lock_name())}.with(
          project::relocking()));
}

Error mismatch(const manifest::ChecksumTable& checksums, const DownloadedModule& locked, const std::string& sum) {
  return {.code = Code::kChecksumMismatch,
          .message = fmt::format("the files have the hash {} and were locked with {}", sum, locked.sum),
          .where = checksums.lines(locked.module).front().where};
}

// One project's modules brought, and copied where a proxy is made of them.
class ProjectDownload {
 public:
  ProjectDownload(const Context& context, const DownloadOptions& options, OpenProject& opened, DownloadReport& report)
      : context_(context), opened_(opened), report_(report) {
    if (options.to.empty()) return;
    report_.proxy = io::clean_path(io::is_absolute(options.to) ? options.to
                                                               : io::join_path(context.settings.directory, options.to));
  }

  Result<void> run() {
    MODTOOL_TRY(const auto graph, opened_.load_graph());  // the lock is whole
    opened_.save_index();
    MODTOOL_CHECK(choose_modules(graph));
    MODTOOL_CHECK(
        context_.pool.for_each(report_.modules.size(), [&](std::size_t i) { return bring(report_.modules[i]); }));
    if (!report_.proxy.empty()) MODTOOL_CHECK(make_proxy(graph));
    return save_learned();
  }

 private:
  using Modules = std::set<ModuleVersion>;

  const project::Project& project() const { return opened_.project(); }
  const manifest::ChecksumTable& checksums() const { return project().lock.checksums; }

  // What stands in for a module, where that is one that can be fetched.
  std::optional<ModuleVersion> fetched_for(const ModuleVersion& module) const {
    if (module.version.empty() || project().dialect->builtin(module)) return std::nullopt;
    const manifest::StandIn stand_in = opened_.replacements().stand_in(module);
    return stand_in.is_directory() ? std::nullopt : std::optional<ModuleVersion>(stand_in);
  }

  // What builds need, though the lock has no hash: what the manifest requires. A proxy has all that is selected.
  bool is_needed(const manifest::Roots& roots, const ModuleVersion& module) const {
    return !roots.prunes || !report_.proxy.empty() ||
           std::ranges::any_of(roots.modules, [&](const auto& root) { return root.path == module.path; });
  }

  Result<void> choose_modules(const resolve::ModuleGraph& graph) {
    Modules chosen;
    for (const auto& module : graph.build_list()) {
      const auto fetched = fetched_for(module);
      if (!fetched || !chosen.insert(*fetched).second) continue;
      const bool is_locked = !checksums().lines(*fetched).empty();
      auto* const cache = opened_.module_cache();
      const bool is_learned = cache != nullptr && is_needed(graph.roots(), module) && cache->may_learn(*fetched);
      if (!is_locked && !is_learned) {
        ++report_.unlocked;
        continue;
      }
      report_.modules.push_back({.module = *fetched, .sum = std::string(checksums().h1(*fetched)), .error = {}});
    }
    std::ranges::sort(report_.modules, {}, &DownloadedModule::module);
    return {};
  }

  // The error of one module is its own; that of the whole is the end of the run.
  Result<void> bring(DownloadedModule& module) {
    auto checked = check_module(module);
    MODTOOL_CHECK(context_.cancellation.check());
    if (!checked) module.error = std::move(checked.error()).in("downloading " + to_string(module.module));
    return {};
  }

  Result<void> check_module(DownloadedModule& locked) {
    MODTOOL_CHECK(checksums().check_module(locked.module));
    MODTOOL_CHECK(opened_.source().manifest(locked.module));  // the index may have spared it
    MODTOOL_TRY(const auto tree, opened_.source().tree(locked.module));
    MODTOOL_TRY(const auto preimage, preimage_of(context_, project(), locked.module, *tree));
    const std::string sum = module::h1_of(preimage, to_string(locked.module));
    if (checksums().lines(locked.module).empty()) return check_learned(locked, sum);
    if (checksums().check(locked.module, sum) != manifest::ChecksumVerdict::kMatch)
      return fail(mismatch(checksums(), locked, sum));
    return bring_info(locked.module);
  }

  // The hash that is learned is the zip's.
  Result<void> check_learned(DownloadedModule& module, const std::string& sum) {
    const auto parts = opened_.module_cache()->bring(module.module);
    if (parts.error) return fail(*parts.error);
    module.sum = parts.sum;
    return sum == parts.sum ? Result<void>() : fail(modified(parts.directory, sum, parts.sum));
  }

  Error modified(const std::string& place, const std::string& sum, const std::string& expected) const {
    return Error{.code = Code::kCacheModified,
                 .message = fmt::format("{} has the hash {}, and not {}", place, sum, expected)}
        .with(project().can.fetch_fix);
  }

  // What go wants besides the module once there is no network (`.info`). A module that is here is here without it, too.
  Result<void> bring_info(const ModuleVersion& module) {
    if (!project().can.has_module_cache) return {};
    const auto info = opened_.source().stat(module.path, module.version);
    const bool is_dispensable = !info && (info.error().code == Code::kOffline || info.error().code == Code::kNotFound);
    return info || is_dispensable ? Result<void>() : fail(info.error());
  }

  // The modules that are here, and the manifests of all that the graph holds.
  Result<void> make_proxy(const resolve::ModuleGraph& graph) {
    MODTOOL_TRY(const auto layout, goproxy::CacheLayout::create(context_.settings.module_cache));
    goproxy::ProxyTree proxy(layout, report_.proxy, context_.files);
    MODTOOL_CHECK(context_.files.make_directories(report_.proxy));
    MODTOOL_CHECK(
        context_.pool.for_each(report_.modules.size(), [&](std::size_t i) { return copy(proxy, report_.modules[i]); }));
    MODTOOL_TRY(const auto paths, copy_manifests(proxy, graph));
    for (const auto& path : paths) MODTOOL_CHECK(proxy.list_versions(path, context_.cancellation));
    return {};
  }

  Result<void> copy(goproxy::ProxyTree& proxy, DownloadedModule& module) {
    if (module.error) return {};
    auto copied = copy_module(proxy, module);
    MODTOOL_CHECK(context_.cancellation.check());
    if (!copied) module.error = std::move(copied.error()).in("copying " + to_string(module.module));
    return {};
  }

  // The files were compared with the lock where they are extracted, and the zip is another copy.
  Result<void> copy_module(goproxy::ProxyTree& proxy, const DownloadedModule& module) {
    const auto parts = opened_.module_cache()->bring(module.module);
    if (parts.error) return fail(*parts.error);
    MODTOOL_TRY(const auto hashed, goproxy::hash_module_zip(context_.files, parts.zip, module.module, context_.pool));
    if (hashed.h1 != module.sum) return fail(modified(parts.zip, hashed.h1, module.sum));
    MODTOOL_TRY(const std::size_t written, proxy.add(module.module, {"info", "mod", "zip"}));
    copied_ += written;
    return {};
  }

  Result<void> copy_manifest(goproxy::ProxyTree& proxy, const ModuleVersion& module) {
    auto read = opened_.source().manifest(module);
    if (!read) return fail_in(std::move(read), "copying " + to_string(module));
    MODTOOL_TRY(const std::size_t written, proxy.add(module, {"mod"}));
    copied_ += written;
    return {};
  }

  // Of a selected module that is left out go still asks when it was made, and some of its commands what it requires.
  // What cannot be had of that keeps nobody from building.
  Result<void> copy_rest(goproxy::ProxyTree& proxy, const ModuleVersion& module) {
    std::vector<std::string_view> parts;
    if (opened_.source().stat(module.path, module.version)) parts.emplace_back("info");
    const bool is_locked = !checksums().lines(manifest::go_mod_key(module)).empty();
    if (is_locked && opened_.source().manifest(module)) parts.emplace_back("mod");
    MODTOOL_CHECK(context_.cancellation.check());
    MODTOOL_TRY(const std::size_t written, proxy.add(module, parts));
    copied_ += written;
    return {};
  }

  // The manifests that the graph was made of, and not those of versions that it only names.
  Modules manifests_of(const resolve::ModuleGraph& graph) const {
    Modules manifests;
    for (const auto node : graph.nodes()) {
      const auto module = graph.was_read(node) ? fetched_for(graph.module(node)) : std::nullopt;
      if (module) manifests.insert(*module);
    }
    return manifests;
  }

  // Gives the paths that the proxy has something of.
  Result<std::set<std::string>> copy_manifests(goproxy::ProxyTree& proxy, const resolve::ModuleGraph& graph) {
    const Modules manifests = manifests_of(graph);
    const std::vector<ModuleVersion> list(manifests.begin(), manifests.end());
    MODTOOL_CHECK(context_.pool.for_each(list.size(), [&](std::size_t i) { return copy_manifest(proxy, list[i]); }));
    std::vector<ModuleVersion> selected;
    for (const auto& module : graph.build_list()) {
      if (auto fetched = fetched_for(module)) selected.push_back(std::move(*fetched));
    }
    MODTOOL_CHECK(
        context_.pool.for_each(selected.size(), [&](std::size_t i) { return copy_rest(proxy, selected[i]); }));
    report_.copied = copied_;
    std::set<std::string> paths;
    for (const auto& module : list) paths.insert(module.path);
    for (const auto& module : selected) paths.insert(module.path);
    return paths;
  }

  Result<void> save_learned() {
    auto* const cache = opened_.module_cache();
    if (cache == nullptr) return {};
    const auto learned = cache->learned_checksums();
    report_.learned = learned.size();
    return add_checksums(context_, project(), learned);
  }

  const Context& context_;
  OpenProject& opened_;
  DownloadReport& report_;
  std::atomic<std::size_t> copied_ = 0;
};

Result<DownloadReport> download_one(const Context& context, const DownloadOptions& options,
                                    const ProjectChoice& choice) {
  // The files where builds find them are hashed below.
  MODTOOL_TRY(const auto opened, OpenProject::open(context, {.command = "download",
                                                             .manifest_file = options.manifest_file,
                                                             .choice = choice,
                                                             .checksums = ChecksumRule::kReadonly,
                                                             .fills_cache = true,
                                                             .learns = !context.settings.locked}));
  const auto& project = opened->project();
  if (!options.to.empty() && !project.can.has_module_cache) {
    return fail(Code::kUsage, fmt::format("`--to` makes a proxy for go, and {} names no modules of Go",
                                          project.dialect->manifest_name()));
  }
  MODTOOL_CHECK(check_locked(project));
  DownloadReport report{
      .dialect = choice.which.name(), .lock_name = std::string(project.dialect->lock_name()), .modules = {}};
  MODTOOL_CHECK(ProjectDownload(context, options, *opened, report).run());
  return report;
}

// A proxy is made of what Go's cache keeps alone, where there is something else beside it.
Result<std::vector<ProjectChoice>> choose(const Context& context, const DownloadOptions& options) {
  MODTOOL_TRY(auto choices, choose_projects(context, options.manifest_file));
  if (options.to.empty() || choices.size() == 1) return choices;
  std::erase_if(choices, [](const ProjectChoice& choice) { return !row_of(choice).can.has_module_cache; });
  return choices;
}

}  // namespace

Result<Downloads> download_modules(const Context& context, const DownloadOptions& options) {
  MODTOOL_TRY(const auto choices, choose(context, options));
  MODTOOL_TRY(auto outcomes, run_each<DownloadReport>(choices, [&](const ProjectChoice& choice) {
                return download_one(context, options, choice);
              }));
  Downloads downloads;
  for (auto& outcome : outcomes) {
    if (outcome.result) downloads.reports.push_back(std::move(*outcome.result));
    if (!outcome.result) downloads.failures.push_back(std::move(outcome.result).error());
  }
  return downloads;
}

}  // namespace modtool::engine
