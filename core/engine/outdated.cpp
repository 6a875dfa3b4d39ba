#include "core/engine/outdated.hpp"

#include <algorithm>

#include "core/engine/dialect_flag.hpp"
#include "core/engine/each_project.hpp"
#include "core/engine/open_project.hpp"
#include "core/resolve/version_finder.hpp"
#include "core/source/version_info.hpp"

namespace modtool::engine {
namespace {

using module::ModuleVersion;
using resolve::VersionQuery;

class OutdatedFinder {
 public:
  explicit OutdatedFinder(OpenProject& opened)
      : opened_(opened), finder_(opened.source(), *opened.project().dialect, opened.project().manifest) {}

  Result<OutdatedModule> look_at(const ModuleVersion& module, bool direct) const {
    OutdatedModule found{.module = module, .direct = direct};
    MODTOOL_TRY(found.wanted, newest(module, VersionQuery::Kind::kUpgrade));
    MODTOOL_TRY(found.latest, latest(module));
    // A commit may be ahead of every tag, and a release that was taken back newer than what is left.
    const auto& dialect = *opened_.project().dialect;
    if (dialect.compare(module.path, found.latest, found.wanted) < 0) found.latest = found.wanted;
    MODTOOL_TRY(const auto notices, finder_.notices(module.path));
    if (const auto* retraction = notices.retraction_of(module.version)) {
      found.retracted = true;
      found.retraction = retraction->rationale;
    }
    found.deprecated = notices.deprecated;
    if (found.latest == module.version) return found;
    MODTOOL_TRY(const std::int64_t then, day_of(module));
    MODTOOL_TRY(const std::int64_t now, day_of({module.path, found.latest}));
    found.days = now - then;
    return found;
  }

 private:
  Result<std::string> newest(const ModuleVersion& module, VersionQuery::Kind kind) const {
    return finder_.find(module.path, {.kind = kind}, module.version);
  }

  // Where there is no list of versions, as for archives, or none that may be chosen, the selected one is the newest.
  Result<std::string> latest(const ModuleVersion& module) const {
    auto found = newest(module, VersionQuery::Kind::kLatest);
    return !found && found.error().code == Code::kUnknownVersion ? module.version : found;
  }

  Result<std::int64_t> day_of(const ModuleVersion& module) const {
    MODTOOL_TRY(const auto info, opened_.source().stat(module.path, module.version));
    return source::day_of(info.time);
  }

  OpenProject& opened_;
  resolve::VersionFinder finder_;
};

Result<void> check_dialect(const project::Project& project) {
  if (project.can.finds_newer) return {};
  return fail(
      Error{.code = Code::kNotSupported,
            .message = "looking for newer versions is not supported for " +
                       std::string(project.dialect->manifest_name()) + " yet"}
          .with(Fix::command({std::string(project.dialect->name()), "list", "-m", "-u", "-mod=readonly", "all"})));
}

Result<std::vector<OutdatedModule>> find_outdated(const Context& context, const ProjectChoice& choice) {
  MODTOOL_TRY(const auto opened, OpenProject::open(context, {.command = "outdated", .choice = choice}));
  MODTOOL_CHECK(check_dialect(opened->project()));
  MODTOOL_TRY(const auto graph, opened->load_graph());
  const auto direct = opened->project().dialect->roots_of(opened->project().manifest).direct;
  std::vector<ModuleVersion> modules;
  for (const auto& module : graph.build_list()) {
    const bool is_looked_at = !module.version.empty() && opened->replacements().find(module) == nullptr;
    if (is_looked_at) modules.push_back(module);
  }
  std::ranges::stable_partition(modules, [&](const ModuleVersion& m) { return direct.contains(m.path); });
  const OutdatedFinder finder(*opened);
  std::vector<OutdatedModule> found(modules.size());
  MODTOOL_CHECK(context.pool.for_each(modules.size(), [&](std::size_t i) -> Result<void> {
    auto looked_at = finder.look_at(modules[i], direct.contains(modules[i].path));
    if (!looked_at) return fail_in(std::move(looked_at), "looking for newer versions of " + modules[i].path);
    found[i] = std::move(*looked_at);
    return {};
  }));
  return found;
}

}  // namespace

Result<std::vector<OutdatedModule>> find_outdated(const Context& context, bool needs_all) {
  MODTOOL_TRY(const auto choice, choose_locking_project(context, {.command = "outdated",
                                                                  .flags = {"--exit-code"},
                                                                  .others_do = "list -m -u -mod=readonly all",
                                                                  .needs_all = needs_all}));
  return naming_dialect(find_outdated(context, choice), choice.which.name());
}

}  // namespace modtool::engine
