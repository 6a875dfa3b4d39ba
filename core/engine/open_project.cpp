#include "core/engine/open_project.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/engine/reviewed_lock.hpp"
#include "core/engine/source_settings.hpp"
#include "core/module/semver.hpp"
#include "core/project/local_inputs.hpp"
#include "core/project/module_graph.hpp"
#include "core/project/save_project.hpp"

namespace modtool::engine {

namespace {

Result<void> check_module_mode(const Settings& settings) {
  const auto& mode = settings.module_mode;
  if (mode.empty() || mode == "on" || mode == "auto") return {};
  const std::string why = mode == "off" ? "modules disabled by GO111MODULE=off; see 'go help modules'"
                                        : "unknown environment setting GO111MODULE=" + mode;
  return fail(Error{.code = Code::kBadSetting, .message = why, .fix = unsetting(settings, "GO111MODULE")});
}

Result<void> check_no_workspace(const Context& context, const ProjectRequest& request) {
  const auto& setting = context.settings.workspace;
  if (setting == "off") return {};
  const bool named = !setting.empty() && setting != "auto";
  std::string found = setting;
  if (!named) {
    MODTOOL_TRY(found, project::find_upwards(context.files, context.settings.directory, "go.work"));
  }
  if (found.empty()) return {};
  if (request.command == "mod vendor") {
    return fail(Code::kNotSupported,
                "'go mod vendor' cannot be run in workspace mode. Run 'go work vendor' to vendor the workspace or set "
                "'GOWORK=off' to exit workspace mode.");
  }
  return fail(Error{.code = Code::kNotSupported, .message = found + ": workspaces are not supported yet"}.with(
      Fix::again(request.command, request.flags).under("GOWORK=off")));
}

// A newer Go may have rules that this run does not know.
void tell_newer_go(const Context& context, const project::Project& project) {
  const auto& tools = context.settings.tools;
  const std::string& language = project.manifest.go;
  if (!tools.takes_newer_go || language.empty() || module::compare_go_versions(language, tools.go) <= 0) return;
  context.reporter.note(
      fmt::format("{} is for Go {}; this modtool goes by the rules of Go {}, the newest that it knows",
                  project.dialect->manifest_name(), language, tools.go));
}

// Requirements that are left out although they are written down.
void tell_excluded(const Context& context, const project::Project& project, const ProjectRequest& request) {
  const auto* verb = request.checksums == ChecksumRule::kModMode ? "dropping" : "ignoring";
  for (const auto& module : project.dialect->roots_of(project.manifest).excluded) {
    context.reporter.note(fmt::format("{} requirement on excluded version {} {}", verb, module.path, module.version));
  }
}

// Queries in go.mod are for commands that change it; but where nothing may be looked up, that is what go says.
manifest::VersionFixer version_fixer(const Settings& settings) {
  if (settings.proxy != "off") return {};
  return [](std::string_view, std::string_view) -> Result<std::string> {
    return fail(Code::kOffline, "module lookup disabled by GOPROXY=off");
  };
}

project::Which which_of(const Settings& settings, const ProjectRequest& request) {
  if (request.go_face) return project::Which::dialect("go");
  return request.choice.which.names_dialect() ? request.choice.which : settings.which;
}

std::string absolute(const std::string& directory, const std::string& path) {
  return io::is_absolute(path) ? path : io::join_path(directory, path);
}

Result<project::Project> find_project(const Context& context, const ProjectRequest& request) {
  const auto& settings = context.settings;
  const project::Which which = which_of(settings, request);
  const auto& modfile = request.manifest_file.empty() ? settings.modfile : request.manifest_file;
  const bool may_stand_alone = !modfile.empty() && !request.go_face;
  auto root = request.choice.root;
  if (root == nullptr) {
    auto found = project::find_root(context.files,
                                    {.directory = settings.directory,
                                     .not_a_root = settings.temp_directory,
                                     .which = which,
                                     .stand_in = may_stand_alone ? absolute(settings.directory, modfile) : ""},
                                    settings.tools);
    if (!found && found.error().code == Code::kNoProject && request.needs_none)
      return project::no_project(project::dialects(settings.tools), which);
    if (!found) return fail(std::move(found).error());
    root = std::make_shared<const project::ProjectRoot>(std::move(*found));
  }
  if (!request.is_held) MODTOOL_CHECK(project::complete_save(context.files, context.cancellation, *root));
  return project::load_project(context.files, *root, which,
                               {.directory = settings.directory,
                                .manifest_file = modfile,
                                .names_lock_in_full = request.go_face,
                                .fix_version = version_fixer(settings)});
}

// Of several projects in one directory a command that is about one takes the first.
void tell_choice(const Context& context, const project::Project& project, const ProjectRequest& request) {
  const bool is_told = which_of(context.settings, request).names_dialect() || !request.manifest_file.empty();
  if (project.beside.empty() || is_told) return;
  context.reporter.note(fmt::format("this is about {}; --dialect says which project, there is {} too",
                                    project.dialect->manifest_name(), join(project.beside, ", ")));
}

}  // namespace

OpenProject::OpenProject(const Context& context, ProjectRequest request)
    : context_(context), request_(std::move(request)) {}

Result<std::unique_ptr<OpenProject>> OpenProject::open(const Context& context, const ProjectRequest& request) {
  MODTOOL_CHECK(check_module_mode(context.settings));
  std::unique_ptr<OpenProject> opened(new OpenProject(context, request));
  MODTOOL_CHECK(opened->load());
  MODTOOL_CHECK(opened->use_lock());
  opened->view_ = opened->make_view(context.settings.offline || request.offline);
  return opened;
}

Result<void> OpenProject::load() {
  auto found = find_project(context_, request_);
  if (!found || found->can.shares_workspace) MODTOOL_CHECK(check_no_workspace(context_, request_));
  MODTOOL_TRY(project_, std::move(found));
  auto& checksums = project_.lock.checksums;
  if (!checksums.conflicts().empty()) checksums.set_conflict_help(help_with_conflicts(context_, project_));
  if (request_.vendors) MODTOOL_CHECK(project::check_vendor_place(project_));
  tell_choice(context_, project_, request_);
  tell_excluded(context_, project_, request_);
  tell_newer_go(context_, project_);
  replacements_ = manifest::ReplacementTable(project_.manifest.replace);
  lock_ = std::make_unique<resolve::LockIndex>(project_.lock);
  const std::string& path = context_.settings.index_path;
  if (request_.use_index && !path.empty()) index_ = resolve::RequirementIndex::open(context_.files, path);
  return {};
}

Result<void> OpenProject::use_lock() {
  if (!project_.can.locks_graph || request_.relock) return {};
  const std::string name(project_.dialect->lock_name());
  if (!project_.has_lock && (request_.vendors || context_.settings.locked)) {
    return fail(Error{.code = Code::kLockStale, .message = "there is no " + name}.with(project::relocking()));
  }
  if (!project_.has_lock) return {};
  MODTOOL_CHECK(resolve::check_lock_is_fresh(project_.manifest, project_.lock, name, project::relocking()));
  resolves_from_lock_ = true;
  return request_.vendors ? project::check_local_inputs(context_.files, context_.pool, project_, project::relocking())
                          : Result<void>{};
}

OpenProject::View OpenProject::make_view(bool offline) {
  auto supply = project_.make_supply(source_settings(context_.settings, {.go_face = request_.go_face,
                                                                         .offline = offline,
                                                                         .writable_cache = request_.writable_cache,
                                                                         .fills_cache = request_.fills_cache,
                                                                         .learns = request_.learns,
                                                                         .asks_once = request_.asks_once,
                                                                         .checksums = request_.checksums}),
                                     {.project = project_,
                                      .lock = *lock_,
                                      .files = context_.files,
                                      .pool = context_.pool,
                                      .reporter = context_.reporter,
                                      .cancellation = context_.cancellation});
  auto modules = std::make_unique<SourcedModules>(context_, SourcedInputs{.project = project_,
                                                                          .replacements = replacements_,
                                                                          .source = supply->source(),
                                                                          .index = index_.get(),
                                                                          .lock = graph_lock(),
                                                                          .go_face = request_.go_face});
  return {.supply = std::move(supply), .modules = std::move(modules)};
}

manifest::Modules& OpenProject::modules_at_hand() {
  if (at_hand_.modules == nullptr) at_hand_ = make_view(true);
  return *at_hand_.modules;
}

Result<resolve::ModuleGraph> OpenProject::load_graph(const std::string& language) {
  auto inputs = project::graph_inputs(project_, project_.manifest, modules(), context_.pool);
  if (language.empty()) {
    MODTOOL_TRY(auto graph, resolve::load_consistent_graph(inputs));
    MODTOOL_CHECK(project::check_whole(project_, graph_lock(), graph, modules()));
    return graph;
  }
  MODTOOL_CHECK(project_.dialect->check_graph_language(project_.manifest, language));
  inputs.roots.prunes = inputs.roots.prunes && project_.dialect->prunes(language);
  return resolve::ModuleGraph::load(inputs);
}

Result<resolve::ModuleGraph> OpenProject::load_graph_for(const manifest::Manifest& manifest) {
  return resolve::load_consistent_graph(project::graph_inputs(project_, manifest, modules(), context_.pool));
}

void OpenProject::save_index() {
  if (index_ != nullptr) static_cast<void>(index_->save(context_.files));
}

}  // namespace modtool::engine
