#include "cli/operations/build.hpp"

#include <fmt/format.h>

#include <span>

#include "cli/dialect_flag.hpp"
#include "cli/operations/build_sources.hpp"
#include "cli/operations/each_project.hpp"
#include "cli/operations/tidy.hpp"

namespace modtool::cli {
namespace {

// Packages that are part of every tool chain.
constexpr std::string_view kAlwaysAllowed[] = {"Threads"};

ProjectRequest project_request(const std::string& dialect, bool relock) {
  return {.command = "build", .dialect = dialect, .relock = relock, .vendors = !relock};
}

// A project whose sources are proven.
struct ProvenProject {
  std::unique_ptr<OpenProject> opened;
  build::BuildSettings settings;
  build::Sources sources = build::Sources::kCache;
  const build::BuildTool* tool = nullptr;
};

const build::BuildTool& find_tool(const Session& session, const project::Project& project,
                                  const build::BuildSettings& settings) {
  const auto* tool = settings.system.empty()
                         ? build::usual_build_tool(project.build_system, session.files, project.root)
                         : build::find_build_tool(settings.system);
  return *tool;  // the readers of manifests know the names
}

// `--mod=mod`: the lock is brought up to date first, where it is this tool's own.
Result<void> update_lock(Session& session, const std::string& dialect) {
  MODTOOL_TRY(const auto opened, OpenProject::open(session, project_request(dialect, true)));
  if (opened->locking() == nullptr) return {};
  MODTOOL_TRY(const auto report, tidy_project(session, {.dialect = dialect}));
  for (const auto& change : report.changes) session.note(change);
  return {};
}

Result<build::Sources> prove_neighbour(Session& session, const std::string& dialect) {
  MODTOOL_TRY(const auto opened, OpenProject::open(session, project_request(dialect, false)));
  return prove_sources(session, *opened, "", dialect);
}

// The projects beside the one that is built: it may read whatever they have vendored.
Result<void> prove_neighbours(Session& session, const std::vector<std::string>& dialects) {
  for (const auto& dialect : std::span(dialects).subspan(1)) {
    MODTOOL_CHECK(naming_dialect(prove_neighbour(session, dialect), dialect));
  }
  return {};
}

Result<ProvenProject> prove_one(Session& session, const std::string& mod, const std::string& dialect) {
  if (mod == "mod") MODTOOL_CHECK(update_lock(session, dialect));
  ProvenProject proven;
  MODTOOL_TRY(proven.opened, OpenProject::open(session, project_request(dialect, false)));
  const auto& project = proven.opened->project();
  MODTOOL_TRY(proven.settings, build::parse_build_settings(project.manifest.build));
  proven.tool = &find_tool(session, project, proven.settings);
  MODTOOL_TRY(proven.sources, prove_sources(session, *proven.opened, mod, dialect));
  return proven;
}

// Of several projects in a directory the first is built.
Result<ProvenProject> prove(Session& session, const std::string& mod) {
  const auto dialects = dialects_here(session, "");
  MODTOOL_CHECK(prove_neighbours(session, dialects));
  return prove_one(session, mod, dialects.front());
}

// Of several projects in a directory the first whose tool is led to the modules by files.
Result<std::string> dialect_for_integration(const Session& session) {
  const auto dialects = dialects_here(session, "");
  if (dialects.size() == 1) return dialects.front();
  for (const auto& dialect : dialects) {
    MODTOOL_TRY(const auto row, project::find_dialect(project::dialects(tool_versions(session)), dialect));
    const auto* tool = build::find_build_tool(row.build_system);
    if (tool != nullptr && tool->uses_plan()) return dialect;
  }
  return dialects.front();
}

Result<build::BuildPlan> make_plan(Session& session, const ProvenProject& proven) {
  const auto& project = proven.opened->project();
  MODTOOL_TRY(const auto modules, locate_modules(session, *proven.opened, proven.sources));
  const auto read = [&](const std::string& path) {
    auto text = session.files.read(project.path_of(path));
    return text ? std::move(*text) : std::string();
  };
  MODTOOL_TRY(auto plan, build::plan_build(modules));
  MODTOOL_CHECK(proven.tool->name_modules(plan, read));
  plan.allowed.assign(std::begin(kAlwaysAllowed), std::end(kAlwaysAllowed));
  plan.allowed.insert(plan.allowed.end(), proven.settings.allow.begin(), proven.settings.allow.end());
  return plan;
}

std::string absolute(const Session& session, const std::string& path) {
  return path.empty() || io::is_absolute(path) ? path : io::join_path(session.global.directory, path);
}

build::BuildRequest make_request(const Session& session, const ProvenProject& proven, const BuildOptions& options) {
  return {.root = proven.opened->project().root,
          .directory = session.global.directory,
          .settings = proven.settings,
          .sources = proven.sources,
          .offline = session.global.offline,
          .jobs = session.global.jobs,
          .targets = options.targets,
          .passed_on = session.global.passed_on,
          .build_directory = absolute(session, options.build_directory),
          .definitions = options.definitions,
          .strict = options.strict,
          .preset = options.preset.empty() ? proven.settings.preset : options.preset,
          .generator = options.generator,
          .prefix = absolute(session, options.prefix)};
}

// Where a program of the project is run, standard output is that program's alone.
build::Runner make_runner(Session& session, BuildVerb verb) {
  Console& console = session.console;
  const auto announce = [&console](const std::string& line) { console.say("+ " + line); };
  const auto relay = [&console, verb](io::OutputStream stream, std::string_view bytes) {
    console.relay(stream == io::OutputStream::kError || verb == BuildVerb::kRun, bytes);
  };
  return build::Runner({.environment = session.settings.environment,
                        .announce = session.global.trace ? announce : std::function<void(const std::string&)>(),
                        .sink = relay,
                        .cancellation = session.cancellation});
}

Result<int> run_tool(Session& session, const build::BuildTool& tool, const build::BuildRequest& request,
                     BuildVerb verb) {
  const build::Runner runner = make_runner(session, verb);
  session.console.flush();
  if (verb == BuildVerb::kRun) return tool.run(request, runner, session.files);
  MODTOOL_CHECK(verb == BuildVerb::kTest ? tool.test(request, runner, session.files)
                                         : tool.build(request, runner, session.files));
  return 0;
}

}  // namespace

Result<int> build_project(Session& session, const BuildOptions& options) {
  MODTOOL_TRY(const auto proven, prove(session, options.mod));
  auto request = make_request(session, proven, options);
  if (proven.tool->uses_plan()) {
    MODTOOL_TRY(request.plan, make_plan(session, proven));
    MODTOOL_CHECK(proven.tool->integrate(request, session.files));
  }
  return run_tool(session, *proven.tool, request, options.verb);
}

Result<IntegrationReport> write_integration(Session& session, const std::string& system, const std::string& mod) {
  MODTOOL_TRY(const auto dialect, dialect_for_integration(session));
  MODTOOL_TRY(const auto proven, prove_one(session, mod, dialect));
  if (proven.tool != build::find_build_tool(system)) {
    return fail(Code::kNotSupported,
                fmt::format("this project is not built by {}; `modtool build` runs what builds it", system));
  }
  auto request = make_request(session, proven, {});
  MODTOOL_TRY(request.plan, make_plan(session, proven));
  MODTOOL_TRY(auto written, proven.tool->integrate(request, session.files));
  return IntegrationReport{.modules = request.plan.modules.size(), .written = std::move(written)};
}

}  // namespace modtool::cli
