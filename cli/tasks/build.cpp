#include "cli/tasks/build.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "cli/tasks/build_sources.hpp"
#include "core/build/build_lock.hpp"
#include "core/build/source_guard.hpp"
#include "core/engine/dialect_flag.hpp"
#include "core/engine/each_project.hpp"
#include "core/engine/tidy.hpp"

namespace modtool::tasks {
namespace {

engine::ProjectRequest project_request(const engine::ProjectChoice& choice, bool relock) {
  return {.command = "build", .choice = choice, .relock = relock, .vendors = !relock};
}

// A project whose sources are proven.
struct ProvenProject {
  std::unique_ptr<engine::OpenProject> opened;
  build::BuildSettings settings;
  build::Sources sources = build::Sources::kCache;
  const build::BuildTool* tool = nullptr;
};

// Never nullptr: the readers of manifests know the names.
Result<const build::BuildTool*> find_tool(const engine::Context& context, const project::Project& project,
                                          const build::BuildSettings& settings) {
  if (!settings.system.empty()) return build::find_build_tool(settings.system);
  return build::usual_build_tool(project.build_system, context.files, project.root);
}

// `--mod=mod`: the lock is brought up to date first, where it is this tool's own.
Result<void> update_lock(const engine::Context& context, const engine::ProjectChoice& choice) {
  MODTOOL_TRY(const auto opened, engine::OpenProject::open(context, project_request(choice, true)));
  if (!opened->project().can.locks_graph) return {};
  MODTOOL_TRY(const auto report, engine::tidy_project(context, choice, false));
  for (const auto& change : report.changes) context.reporter.note(change);
  return {};
}

Result<build::Sources> prove_neighbour(const engine::Context& context, const engine::ProjectChoice& choice,
                                       ProofListener& listener) {
  MODTOOL_TRY(const auto opened, engine::OpenProject::open(context, project_request(choice, false)));
  return prove_sources(context, *opened, "", choice, listener);
}

// The projects beside the one that is built: it may read whatever they have vendored.
Result<void> prove_neighbours(const engine::Context& context, const std::vector<engine::ProjectChoice>& choices,
                              ProofListener& listener) {
  for (const auto& choice : std::span(choices).subspan(1)) {
    MODTOOL_CHECK(engine::naming_dialect(prove_neighbour(context, choice, listener), choice.which.name()));
  }
  return {};
}

Result<ProvenProject> prove_one(const engine::Context& context, const std::string& mod,
                                const engine::ProjectChoice& choice, ProofListener& listener) {
  if (mod == "mod") MODTOOL_CHECK(update_lock(context, choice));
  ProvenProject proven;
  MODTOOL_TRY(proven.opened, engine::OpenProject::open(context, project_request(choice, false)));
  const auto& project = proven.opened->project();
  MODTOOL_TRY(proven.settings, build::parse_build_settings(project.manifest.build));
  MODTOOL_TRY(proven.tool, find_tool(context, project, proven.settings));
  MODTOOL_TRY(proven.sources, prove_sources(context, *proven.opened, mod, choice, listener));
  return proven;
}

// Of several projects in a directory the first is built.
Result<ProvenProject> prove(const engine::Context& context, const std::string& mod, ProofListener& listener) {
  MODTOOL_TRY(const auto choices, engine::choose_projects(context, ""));
  MODTOOL_CHECK(prove_neighbours(context, choices, listener));
  return prove_one(context, mod, choices.front(), listener);
}

// Of several projects in a directory the first whose tool is led to the modules by files.
Result<engine::ProjectChoice> choose_for_integration(const engine::Context& context) {
  MODTOOL_TRY(auto choices, engine::choose_projects(context, ""));
  if (choices.size() == 1) return choices.front();
  const auto is_led = [](const engine::ProjectChoice& choice) {
    const auto* tool = build::find_build_tool(engine::row_of(choice).build_system);
    return tool != nullptr && tool->uses_plan();
  };
  const auto led = std::ranges::find_if(choices, is_led);
  return led == choices.end() ? choices.front() : *led;
}

Result<build::BuildPlan> make_plan(const engine::Context& context, const ProvenProject& proven) {
  const auto& project = proven.opened->project();
  MODTOOL_TRY(const auto modules, locate_modules(context, *proven.opened, proven.sources));
  Result<void> looked;  // whether all could be read that is there
  const auto read = [&](const std::string& path) {
    auto text = context.files.read(project.path_of(path)).if_such();
    if (text) return std::move(*text).value_or("");
    looked = fail(std::move(text).error());
    return std::string();
  };
  MODTOOL_TRY(auto plan, build::plan_build(modules, proven.settings.allow));
  MODTOOL_CHECK(proven.tool->name_modules(plan, read));
  MODTOOL_CHECK(looked);
  for (const auto& what : hidden_packages(plan)) context.reporter.begin({.verb = "hiding", .what = what});
  return plan;
}

std::string absolute(const engine::Context& context, const std::string& path) {
  return path.empty() || io::is_absolute(path) ? path : io::join_path(context.settings.directory, path);
}

build::BuildRequest make_request(const engine::Context& context, const ProvenProject& proven,
                                 const BuildOptions& options) {
  return {.root = proven.opened->project().root,
          .directory = context.settings.directory,
          .settings = proven.settings,
          .sources = proven.sources,
          .offline = context.settings.offline,
          .jobs = options.jobs,
          .targets = options.targets,
          .passed_on = options.passed_on,
          .inherited = context.settings.go_flags,
          .build_directory = absolute(context, options.build_directory),
          .definitions = options.definitions,
          .strict = options.strict || proven.settings.strict,
          .preset = options.preset.empty() ? proven.settings.preset : options.preset,
          .generator = options.generator,
          .prefix = absolute(context, options.prefix)};
}

std::function<void(const std::string&)> noting(const engine::Context& context) {
  return [&context](const std::string& line) { context.reporter.note(line); };
}

// Where a program of the project is run, standard output is that program's alone.
build::RunnerInputs make_runner(const engine::Context& context, const BuildOptions& options, BuildListener& listener,
                                std::vector<std::string> environment, io::NetworkWall wall) {
  const auto announce = [&listener](const std::string& line) { listener.on_command(line); };
  const auto relay = [&listener, verb = options.verb](io::OutputStream stream, std::string_view bytes) {
    listener.on_output(stream == io::OutputStream::kError || verb == BuildVerb::kRun, bytes);
  };
  return {.environment = std::move(environment),
          .announce = options.trace ? announce : std::function<void(const std::string&)>(),
          .note = noting(context),
          .sink = relay,
          .wall = wall,
          .cancellation = context.cancellation};
}

// One run at a time writes into the project.
Result<std::vector<std::string>> integrate(const engine::Context& context, const ProvenProject& proven,
                                           const build::BuildRequest& request) {
  MODTOOL_TRY(const auto lock, context.files.lock_if_possible(request.root, context.cancellation));
  return proven.tool->integrate(request, context.files);
}

// A build whose sources are proven.
struct BuildJob {
  ProvenProject proven;
  build::BuildRequest request;
  std::string directory;  // the tool's, for one run at a time; or empty
};

Result<BuildJob> prepare(const engine::Context& context, const BuildOptions& options, BuildListener& listener) {
  BuildJob job;
  MODTOOL_TRY(job.proven, prove(context, options.mod, listener));
  job.request = make_request(context, job.proven, options);
  if (job.proven.tool->uses_plan()) {
    MODTOOL_TRY(job.request.plan, make_plan(context, job.proven));
  }
  MODTOOL_CHECK(job.proven.tool->check(job.request, context.files));
  job.directory = job.proven.tool->directory(job.request);
  return job;
}

Result<build::BuildLock> lock_build(const engine::Context& context, const std::string& directory) {
  return build::lock_build(context.files, directory, context.settings.environment, noting(context),
                           context.cancellation);
}

Result<int> run_tool(const engine::Context& context, const BuildJob& job, const BuildOptions& options,
                     build::BuildLock lock, BuildListener& listener) {
  const auto wall = job.request.offline ? build::find_offline_wall(noting(context)) : io::NetworkWall::kNone;
  const auto& tool = *job.proven.tool;
  MODTOOL_TRY(auto guard, build::SourceGuard::begin(tool, job.request, context.settings.environment, noting(context),
                                                    context.files));
  const build::Runner runner(
      guard.watching(make_runner(context, options, listener,
                                 build::building_in(lock.directory, job.request, context.settings.environment), wall)));
  listener.on_hand_over();
  if (options.verb == BuildVerb::kRun) {
    MODTOOL_TRY(const auto step, guard.finish(tool.build_program(job.request, runner, context.files)));
    lock.held.reset();
    return build::Runner(make_runner(context, options, listener, context.settings.environment, wall))
        .run_in_place(step);
  }
  MODTOOL_CHECK(guard.finish(options.verb == BuildVerb::kTest ? tool.test(job.request, runner, context.files)
                                                              : tool.build(job.request, runner, context.files)));
  return 0;
}

}  // namespace

Result<int> build_project(const engine::Context& context, const BuildOptions& options, BuildListener& listener) {
  MODTOOL_TRY(auto job, prepare(context, options, listener));
  MODTOOL_TRY(build::BuildLock lock, lock_build(context, job.directory));
  while (lock.has_waited) {  // what was proven before may be something else now
    MODTOOL_TRY(job, prepare(context, options, listener));
    if (job.directory == lock.directory) break;
    MODTOOL_TRY(lock, lock_build(context, job.directory));
  }
  if (job.proven.tool->uses_plan()) MODTOOL_CHECK(integrate(context, job.proven, job.request));
  return run_tool(context, job, options, std::move(lock), listener);
}

Result<IntegrationReport> write_integration(const engine::Context& context, const std::string& system,
                                            const IntegrationOptions& options, ProofListener& listener) {
  MODTOOL_TRY(const auto choice, choose_for_integration(context));
  MODTOOL_TRY(const auto proven, prove_one(context, options.mod, choice, listener));
  if (proven.tool != build::find_build_tool(system)) {
    return fail(Code::kNotSupported,
                fmt::format("this project is not built by {}; `modtool build` runs what builds it", system));
  }
  auto request = make_request(context, proven, {.build_directory = options.build_directory});
  MODTOOL_TRY(request.plan, make_plan(context, proven));
  MODTOOL_TRY(auto written, integrate(context, proven, request));
  MODTOOL_CHECK(build::make_copies(*proven.tool, request, context.settings.environment, noting(context), context.files,
                                   context.cancellation));
  return IntegrationReport{.modules = request.plan.modules.size(), .written = std::move(written)};
}

Result<void> record_copies(const engine::Context& context, const std::string& build_directory) {
  return build::record_copies(context.files, build::copies_in(absolute(context, build_directory)));
}

}  // namespace modtool::tasks
