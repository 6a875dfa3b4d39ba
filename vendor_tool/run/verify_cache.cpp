#include "vendor_tool/run/verify_cache.hpp"

#include "core/engine/open_project.hpp"
#include "core/goproxy/cache_verification.hpp"

namespace modtool::vendor_tool {
namespace {

using module::ModuleVersion;

// The modules of the build list that the cache may hold. The go command looks at modules as they are required; modtool
// at what stands in for them, since that is what is built.
std::vector<ModuleVersion> cached_modules(engine::OpenProject& opened, const resolve::ModuleGraph& graph,
                                          bool go_face) {
  std::vector<ModuleVersion> modules;
  for (const auto& module : graph.build_list()) {
    const bool is_main = module.version.empty();
    if (is_main || opened.project().dialect->builtin(module)) continue;
    const ModuleVersion looked_at = go_face ? module : opened.replacements().stand_in(module);
    if (!looked_at.version.empty()) modules.push_back(looked_at);
  }
  return modules;
}

}  // namespace

std::vector<ModuleVersion> listed_modules(const manifest::ChecksumTable& checksums) {
  std::vector<ModuleVersion> modules;
  for (const auto& [key, lines] : checksums.all()) {
    if (!key.version.ends_with("/go.mod")) modules.push_back(key);
  }
  return modules;
}

Result<std::vector<goproxy::CachedModule>> hash_cached_modules(const engine::Context& context,
                                                               const std::vector<ModuleVersion>& modules,
                                                               const manifest::ChecksumTable* checksums,
                                                               std::string_view verb) {
  MODTOOL_TRY(auto layout, goproxy::CacheLayout::create(context.settings.module_cache));
  return goproxy::verify_cache({.layout = std::move(layout),
                                .files = context.files,
                                .pool = context.pool,
                                .checksums = checksums,
                                .reporter = context.reporter,
                                .verb = verb},
                               modules);
}

Result<VerifyCacheReport> verify_project_cache(const engine::Context& context, const VerifyCacheOptions& options) {
  MODTOOL_TRY(const auto project, engine::OpenProject::open(context, {.command = "mod verify",
                                                                      .manifest_file = options.manifest_file,
                                                                      .checksums = engine::ChecksumRule::kModMode,
                                                                      .go_face = options.go_face}));
  MODTOOL_TRY(const auto graph, project->load_graph());
  const auto modules = cached_modules(*project, graph, options.go_face);
  MODTOOL_TRY(
      const auto found,
      hash_cached_modules(context, modules, options.go_face ? nullptr : &project->project().lock.checksums, "hashing"));
  VerifyCacheReport report{.modules = modules.size()};
  for (const auto& module : found) {
    report.checked += module.checked;
    report.problems.insert(report.problems.end(), module.problems.begin(), module.problems.end());
  }
  return report;
}

}  // namespace modtool::vendor_tool
