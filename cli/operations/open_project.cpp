#include "cli/operations/open_project.hpp"

#include <fmt/format.h>

#include "cli/git_child_verb.hpp"
#include "cli/version.hpp"
#include "core/base/text.hpp"
#include "core/io/process.hpp"
#include "core/project/input_error.hpp"
#include "core/project/local_inputs.hpp"
#include "core/resolve/whole_lock.hpp"

namespace modtool::cli {

using module::ModuleVersion;

namespace {

constexpr const char* kRelock = "modtool tidy";

Result<void> check_module_mode(const Settings& settings) {
  const auto& mode = settings.module_mode;
  if (mode == "off") return fail(Code::kBadSetting, "modules disabled by GO111MODULE=off; see 'go help modules'");
  if (mode.empty() || mode == "on" || mode == "auto") return {};
  return fail(Code::kBadSetting, "unknown environment setting GO111MODULE=" + mode);
}

Result<void> check_no_workspace(const Session& session, const ProjectRequest& request) {
  const auto& setting = session.settings.workspace;
  if (setting == "off") return {};
  const bool named = !setting.empty() && setting != "auto";
  const std::string found = named ? setting : project::find_upwards(session.files, session.global.directory, "go.work");
  if (found.empty()) return {};
  if (request.command == "mod vendor") {
    return fail(Code::kNotSupported,
                "'go mod vendor' cannot be run in workspace mode. Run 'go work vendor' to vendor the workspace or set "
                "'GOWORK=off' to exit workspace mode.");
  }
  return fail(Error{.code = Code::kNotSupported, .message = found + ": workspaces are not supported yet"}.fix(
      "GOWORK=off modtool " + request.command));
}

// Requirements that are left out although they are written down.
void tell_excluded(const Session& session, const project::Project& project, const ProjectRequest& request) {
  const auto* verb = request.checksums == ChecksumRule::kModMode ? "dropping" : "ignoring";
  for (const auto& module : project.dialect->roots_of(project.manifest).excluded) {
    session.reporter.note(fmt::format("{} requirement on excluded version {} {}", verb, module.path, module.version));
  }
}

// Queries in go.mod are for commands that change it; but where nothing may be looked up, that is what go says.
manifest::VersionFixer version_fixer(const Session& session) {
  if (session.settings.proxy != "off") return {};
  return [](std::string_view, std::string_view) -> Result<std::string> {
    return fail(Code::kOffline, "module lookup disabled by GOPROXY=off");
  };
}

goproxy::GoSourceOptions source_options(const Session& session, const ProjectRequest& request) {
  const Settings& settings = session.settings;
  return {.cache = settings.module_cache,
          .proxies = settings.proxy,
          .no_proxy = settings.no_proxy,
          .no_sum_db = settings.no_sum_db,
          .sum_db_off = settings.sum_db == "off",
          .offline = session.global.offline || request.offline,
          .writable_cache = request.writable_cache || settings.modcacherw,
          .rule = request.checksums};
}

git::GitRemoteOptions git_remote_options(const Session& session, const ProjectRequest& request) {
  git::GitRemoteOptions options{.cache = session.settings.git_cache,
                                .offline = session.global.offline || request.offline,
                                .child = {.command = {io::own_executable(), std::string(kGitChildVerb)}},
                                .network = session.settings.git_network};
  options.network.on_terminal = session.console.options().error_is_terminal;
  return options;
}

project::SourceSettings source_settings(const Session& session, const ProjectRequest& request) {
  return {
      .go = source_options(session, request),
      .git_config = session.settings.git_config,
      .git_remote = [&session, request] { return git_remote_options(session, request); },
      .archives = {.directory = session.settings.archive_cache, .offline = session.global.offline || request.offline},
      .https = {.user_agent = "modtool",
                .security = io::HttpSecurity::kTls,
                .ca_file = session.settings.git_network.ca_file}};
}

std::string dialect_of(const Session& session, const ProjectRequest& request) {
  if (request.go_face) return "go";
  return request.dialect.empty() ? session.global.dialect : request.dialect;
}

// Of several projects in one directory a command that is about one takes the first.
void tell_choice(const Session& session, const project::Project& project, const ProjectRequest& request) {
  const bool is_told = !request.dialect.empty() || !session.global.dialect.empty() || !request.manifest_file.empty();
  if (project.beside.empty() || request.go_face || is_told) return;
  session.reporter.note(fmt::format("this is about {}; --dialect says which project, there is {} too",
                                    project.dialect->manifest_name(), join(project.beside, ", ")));
}

}  // namespace

project::ToolVersions tool_versions(const Session& session) {
  return {.go = session.settings.go_version, .modtool = version_number()};
}

OpenProject::OpenProject(Session& session, const ProjectRequest& request)
    : session_(session), http_(io::make_http_client(session.cancellation, {.user_agent = "modtool"})) {
  if (request.trace) session.reporter.trace_requests();
}

Result<std::unique_ptr<OpenProject>> OpenProject::open(Session& session, const ProjectRequest& request) {
  MODTOOL_CHECK(check_module_mode(session.settings));
  MODTOOL_CHECK(check_no_workspace(session, request));
  std::unique_ptr<OpenProject> opened(new OpenProject(session, request));
  const auto& modfile = request.manifest_file.empty() ? session.settings.modfile : request.manifest_file;
  MODTOOL_TRY(opened->project_, project::load_project(session.files,
                                                      {.directory = session.global.directory,
                                                       .manifest_file = modfile,
                                                       .not_a_root = session.settings.temp_directory,
                                                       .dialect = dialect_of(session, request),
                                                       .names_lock_in_full = request.go_face,
                                                       .fix_version = version_fixer(session)},
                                                      tool_versions(session)));
  const project::Project& project = opened->project_;
  if (request.vendors) MODTOOL_CHECK(project::check_vendor_place(project));
  tell_choice(session, project, request);
  tell_excluded(session, project, request);
  opened->replacements_ = manifest::ReplacementTable(project.manifest.replace);
  opened->supply_ = project::ModuleSupply::open(project, source_settings(session, request),
                                                {.go = {.checksums = project.lock.checksums,
                                                        .files = session.files,
                                                        .http = *opened->http_,
                                                        .pool = session.pool,
                                                        .reporter = session.reporter},
                                                 .cancellation = session.cancellation});
  if (request.use_index && !session.settings.index_path.empty()) {
    opened->index_ = resolve::RequirementIndex::open(session.files, session.settings.index_path);
  }
  MODTOOL_CHECK(opened->use_lock(request));
  opened->summaries_ = std::make_unique<resolve::SummaryReader>(resolve::SummaryInputs{
      .dialect = *project.dialect,
      .root = project.manifest,
      .manifest = [self = opened.get()](const auto& module,
                                        const auto& actual) { return self->manifest_of(actual, module.path); },
      .replacements = opened->replacements_,
      .checksums = project.lock.checksums,
      .index = opened->index_.get(),
      .index_use = request.go_face ? resolve::IndexUse::kParsing : resolve::IndexUse::kReading,
      .name_of = [self = opened.get()](const auto& directory) { return self->name_of(directory); },
      .known = [self = opened.get()](const auto& actual) { return self->locked_summary(actual); }});
  return opened;
}

Result<void> OpenProject::use_lock(const ProjectRequest& request) {
  if (!project_.dialect->locks_graph() || request.relock) return {};
  const std::string name(project_.dialect->lock_name());
  if (!project_.has_lock && (request.vendors || session_.global.locked)) {
    return fail(Error{.code = Code::kLockStale, .message = "there is no " + name}.fix(kRelock));
  }
  if (!project_.has_lock) return {};
  MODTOOL_CHECK(resolve::check_lock_is_fresh(project_.manifest, project_.lock, name, kRelock));
  resolves_from_lock_ = true;
  return request.vendors ? project::check_local_inputs(session_.files, session_.pool, project_, kRelock)
                         : Result<void>{};
}

std::optional<manifest::Summary> OpenProject::locked_summary(const ModuleVersion& actual) const {
  return resolves_from_lock_ ? supply_->lock().summary(actual) : std::nullopt;
}

Result<std::string> OpenProject::manifest_of(const module::ModuleVersion& actual, const std::string& path) {
  if (actual.version.empty()) return directory_manifest(actual, path);
  if (!resolves_from_lock_) return modules().manifest(actual);
  return fail(
      Error{.code = Code::kLockStale, .message = fmt::format("{} has no entry for it", project_.dialect->lock_name())}
          .fix(kRelock));
}

Result<std::string> OpenProject::directory_manifest(const ModuleVersion& directory, const std::string& path) const {
  const std::string root = directory_of(directory);
  auto text = session_.files.read(io::join_path(root, project_.dialect->manifest_name()));
  if (text) return text;
  if (text.error().code != Code::kFileNotFound) return fail(project::input_error(std::move(text).error()));
  const bool needs_none = project_.dialect->manifest_is_optional() && session_.files.exists(root);
  if (needs_none) return project_.dialect->synthesise_manifest(path);
  text.error().code = Code::kReplacementMissing;
  return text;
}

manifest::FileName OpenProject::name_of(const module::ModuleVersion& directory) const {
  std::string full = io::join_path(directory_of(directory), project_.dialect->manifest_name());
  std::string shown = project::shown_path(session_.files, session_.global.directory, full);
  return {.shown = std::move(shown), .full = std::move(full)};
}

resolve::GraphInputs OpenProject::graph_inputs(const manifest::Manifest& manifest) {
  return {.main = project_.main(),
          .roots = project_.dialect->roots_of(manifest),
          .manifest = manifest,
          .dialect = *project_.dialect,
          .summaries = *summaries_,
          .pool = session_.pool};
}

Result<resolve::ModuleGraph> OpenProject::load_graph(const std::string& language) {
  auto inputs = graph_inputs(project_.manifest);
  if (language.empty()) {
    MODTOOL_TRY(auto graph, resolve::load_consistent_graph(inputs));
    MODTOOL_CHECK(check_lock(graph));
    return graph;
  }
  MODTOOL_CHECK(project_.dialect->check_graph_language(project_.manifest, language));
  inputs.roots.prunes = inputs.roots.prunes && project_.dialect->prunes(language);
  return resolve::ModuleGraph::load(inputs);
}

Result<void> OpenProject::check_lock(const resolve::ModuleGraph& graph) const {
  if (!resolves_from_lock_) return {};
  return resolve::check_lock_is_whole(graph, *summaries_, project_.lock, std::string(project_.dialect->lock_name()),
                                      kRelock);
}

Result<resolve::ModuleGraph> OpenProject::load_graph_for(const manifest::Manifest& manifest) {
  return resolve::load_consistent_graph(graph_inputs(manifest));
}

void OpenProject::save_index() {
  if (index_ != nullptr) static_cast<void>(index_->save(session_.files));
}

}  // namespace modtool::cli
