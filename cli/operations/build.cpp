#include "cli/operations/build.hpp"

#include <fmt/format.h>

#include <algorithm>
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
  for (const auto& change : report.changes) session.reporter.note(change);
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
build::Runner make_runner(Session& session, BuildVerb verb, std::vector<std::string> environment) {
  Console& console = session.console;
  const auto announce = [&console](const std::string& line) { console.say("+ " + line); };
  const auto relay = [&console, verb](io::OutputStream stream, std::string_view bytes) {
    console.relay(stream == io::OutputStream::kError || verb == BuildVerb::kRun, bytes);
  };
  return build::Runner({.environment = std::move(environment),
                        .announce = session.global.trace ? announce : std::function<void(const std::string&)>(),
                        .sink = relay,
                        .cancellation = session.cancellation});
}

// One run at a time writes into the project.
Result<std::vector<std::string>> integrate(Session& session, const ProvenProject& proven,
                                           const build::BuildRequest& request) {
  MODTOOL_TRY(const auto lock, session.files.lock_if_possible(request.root, session.cancellation));
  return proven.tool->integrate(request, session.files);
}

// A build whose sources are proven.
struct BuildJob {
  ProvenProject proven;
  build::BuildRequest request;
  std::string directory;  // the tool's, for one run at a time; or empty
};

Result<BuildJob> prepare(Session& session, const BuildOptions& options) {
  BuildJob job;
  MODTOOL_TRY(job.proven, prove(session, options.mod));
  job.request = make_request(session, job.proven, options);
  MODTOOL_CHECK(job.proven.tool->check(job.request));
  if (job.proven.tool->uses_plan()) {
    MODTOOL_TRY(job.request.plan, make_plan(session, job.proven));
  }
  job.directory = job.proven.tool->directory(job.request);
  return job;
}

// In the environment of a build tool: the directory that it builds in. What it starts may build there, too.
constexpr std::string_view kBuildingVariable = "MODTOOL_BUILDING=";

// A file in the build directory, which may be the project's own: that one is locked where manifests are written.
constexpr std::string_view kLockFile = ".modtool-lock";

// Keeps other runs out of a build directory.
struct BuildLock {
  std::string directory;
  std::unique_ptr<io::FileLock> held;
  bool has_waited = false;
};

Result<BuildLock> lock_build(Session& session, const std::string& directory) {
  BuildLock lock{.directory = directory};
  const auto& environment = session.settings.environment;
  const bool is_within = std::ranges::count(environment, fmt::format("{}{}", kBuildingVariable, directory)) != 0;
  if (directory.empty() || is_within) return lock;
  MODTOOL_CHECK(session.files.make_directories(directory));
  const auto tell = [&] {
    lock.has_waited = true;
    session.reporter.note(fmt::format("waiting for another build in {}", directory));
  };
  const std::string file = io::join_path(directory, kLockFile);
  MODTOOL_TRY(lock.held, session.files.lock_if_possible(file, session.cancellation, tell));
  return lock;
}

std::vector<std::string> building_environment(const Session& session, const std::string& directory) {
  auto environment = session.settings.environment;
  if (directory.empty()) return environment;
  std::erase_if(environment, [](const std::string& entry) { return entry.starts_with(kBuildingVariable); });
  environment.push_back(fmt::format("{}{}", kBuildingVariable, directory));
  return environment;
}

Result<int> run_tool(Session& session, const BuildJob& job, BuildVerb verb, BuildLock lock) {
  const build::Runner runner = make_runner(session, verb, building_environment(session, lock.directory));
  const auto& tool = *job.proven.tool;
  session.console.flush();
  if (verb == BuildVerb::kRun) {
    MODTOOL_TRY(const auto step, tool.build_program(job.request, runner, session.files));
    lock.held.reset();
    return make_runner(session, verb, session.settings.environment).run_in_place(step);
  }
  MODTOOL_CHECK(verb == BuildVerb::kTest ? tool.test(job.request, runner, session.files)
                                         : tool.build(job.request, runner, session.files));
  return 0;
}

}  // namespace

Result<int> build_project(Session& session, const BuildOptions& options) {
  MODTOOL_TRY(auto job, prepare(session, options));
  MODTOOL_TRY(BuildLock lock, lock_build(session, job.directory));
  while (lock.has_waited) {  // what was proven before may be something else now
    MODTOOL_TRY(job, prepare(session, options));
    if (job.directory == lock.directory) break;
    MODTOOL_TRY(lock, lock_build(session, job.directory));
  }
  if (job.proven.tool->uses_plan()) MODTOOL_CHECK(integrate(session, job.proven, job.request));
  return run_tool(session, job, options.verb, std::move(lock));
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
  MODTOOL_TRY(auto written, integrate(session, proven, request));
  return IntegrationReport{.modules = request.plan.modules.size(), .written = std::move(written)};
}

}  // namespace modtool::cli
