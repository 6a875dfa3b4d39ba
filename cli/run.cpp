#include "cli/run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/child_verbs.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/global_flags.hpp"
#include "cli/go_arguments.hpp"
#include "cli/help.hpp"
#include "cli/overlay_file.hpp"
#include "cli/render/error.hpp"
#include "cli/settings.hpp"
#include "cli/single_dash.hpp"
#include "cli/version.hpp"
#include "core/base/text.hpp"
#include "core/engine/dialect_flag.hpp"
#include "core/io/process.hpp"

namespace modtool::cli {
namespace {

// The first word that is neither a flag nor the value of one.
std::vector<std::string>::iterator first_word(std::vector<std::string>& arguments) {
  auto word = arguments.begin();
  while (word != arguments.end() && word->starts_with('-'))
    word += takes_value(*word) && word + 1 != arguments.end() ? 2 : 1;
  return word;
}

// The command's words taken out of the arguments: "-C dir mod graph -x" has "mod graph".
const Command* take_command(std::vector<std::string>& arguments) {
  const auto word = first_word(arguments);
  if (word == arguments.end()) return nullptr;
  const auto next = word + 1;
  for (const Command* command : all_commands()) {
    const bool two_words = next != arguments.end() && command->name == *word + " " + *next;
    if (!two_words && command->name != *word) continue;
    arguments.erase(word, two_words ? next + 1 : next);
    return command;
  }
  return nullptr;
}

int refuse_go_flag(const Run& run, const Command& command, const std::string& problem) {
  if (!problem.empty()) run.console.say(problem);
  run.console.say(go_usage_text(command));
  return kUsage;
}

// Who asked for JSON gets a document in any case: the error's, where the command has printed none.
int report_own(const Run& run, bool wants_json, const Error& error) {
  if (wants_json && !run.console.has_printed()) run.console.print(render_error_json(error));
  static_cast<void>(run.console.flush());  // this error is told, and no second one
  run.console.say_error(render_error(error));
  return exit_code_of(error.code);
}

int report(const Run& run, const Command& command, const GlobalFlags& flags, const Error& error) {
  if (!command.is_go_face) return report_own(run, flags.json, error);
  const bool interrupted = error.code == Code::kInterrupted || error.code == Code::kTerminated;
  if (error.code == Code::kUsage) return refuse_go_flag(run, command, error.message);
  run.console.say(render_go_error(error));
  return interrupted ? exit_code_of(error.code) : 1;
}

int refuse_flags(const Run& run, const Command& command, const FlagSet& set, bool wants_json,
                 const FlagProblem& problem) {
  if (problem.asks_for_help) {
    run.console.print(command_help(command, set));
    return kSuccess;
  }
  return report_own(run, wants_json, flag_problem(command, set, problem));
}

void apply(const Run& run, const GlobalFlags& flags) {
  auto options = run.console.options();
  options.verbosity = flags.quiet ? Verbosity::kQuiet : flags.verbose ? Verbosity::kVerbose : Verbosity::kNormal;
  options.progress = !flags.no_progress;
  if (flags.color != "auto") options.color = flags.color == "always";
  run.console.configure(options);
  constexpr double kForever = 1e9;  // seconds, thirty years: a clock that counts nanoseconds could not tell much more
  if (flags.timeout > 0 && flags.timeout < kForever) {
    const auto span =
        std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(flags.timeout));
    run.cancellation.set_deadline(std::chrono::steady_clock::now() + span);
    if (run.on_time_limit != nullptr) run.on_time_limit(span);
  }
}

Result<std::string> directory_of(const Run& run, const Command& command, const GlobalFlags& flags) {
  if (flags.directory.empty()) return run.directory;
  std::string directory = io::is_absolute(flags.directory) ? io::clean_path(flags.directory)
                                                           : io::join_path(run.directory, flags.directory);
  MODTOOL_TRY(const auto info, run.files.stat(directory).if_there());
  if (info && info->kind == io::FileKind::kDirectory) return directory;
  const std::string why = info ? "not a directory" : "no such file or directory";
  return fail(command.is_go_face ? Code::kFileNotFound : Code::kUsage, "chdir " + flags.directory + ": " + why);
}

// The settings, but for what the command line says.
Result<engine::Settings> settings_for(const Run& run, const Command& command) {
  engine::Settings settings;
  if (command.settings != SettingsNeed::kNone) settings = load_settings(run.environment, run.files);
  const bool is_bad = command.settings == SettingsNeed::kGood && !settings.problems.empty();
  if (is_bad) return fail(std::move(settings.problems.front()));
  settings.tools = {.go = run.hooks.go_version.empty() ? kGoVersion : run.hooks.go_version,
                    .modtool = version_number(),
                    .takes_newer_go = !command.is_go_face};
  const std::string program = io::own_executable();
  settings.git_child = {program, std::string(kGitChildVerb)};
  settings.layout_child = {program, std::string(kLayoutVerb)};
  return settings;
}

// The file system to work on: the run's own, or one that overlays it, which `owner` keeps.
Result<io::FileSystem*> files_for(const Run& run, const std::string& directory, const GlobalFlags& flags,
                                  std::unique_ptr<io::FileSystem>& owner) {
  if (flags.overlay.empty()) return &run.files;
  MODTOOL_TRY(auto overlay, load_overlay(run.files, directory, flags.overlay));
  owner = io::make_overlay_file_system(run.files, std::move(overlay));
  return owner.get();
}

Result<int> execute(const Run& run, const Command& command, const GlobalFlags& flags, engine::Settings settings,
                    const TypedCommand& typed, const Action& action) {
  MODTOOL_TRY(settings.directory, directory_of(run, command, flags));
  if (!flags.dialect.empty()) settings.which = project::Which::dialect(flags.dialect);
  settings.offline = flags.offline || flags.frozen;
  settings.locked = flags.locked || flags.frozen;
  std::unique_ptr<io::FileSystem> overlaid;
  MODTOOL_TRY(io::FileSystem* const files, files_for(run, settings.directory, flags, overlaid));
  WorkerPool pool(flags.jobs, run.cancellation);
  OwnReporter own(run.console);
  GoReporter go(run.console);
  FaceReporter& reporter = command.is_go_face ? static_cast<FaceReporter&>(go) : own;
  if (flags.trace) reporter.trace_requests();
  const engine::Context context{*files, pool, run.cancellation, settings, reporter};
  const GlobalOptions global{
      .json = flags.json, .trace = flags.trace, .jobs = flags.jobs, .passed_on = flags.passed_on};
  Session session{run.console, global, reporter, context, typed};
  return action(session);
}

int execute_and_report(const Run& run, const Command& command, const GlobalFlags& flags,
                       const engine::Settings& settings, const TypedCommand& typed, const Action& action) {
  auto status = engine::naming_dialect(execute(run, command, flags, settings, typed, action), flags.dialect);
  const auto printed = run.console.flush();
  for (const auto& directory : run.files.unsynced()) {
    run.console.say(
        fmt::format("{} could not be synced: what was written there may be lost if the machine fails", directory));
  }
  if (!status) return report(run, command, flags, typed.complete(status.error()));
  if (!printed) return report(run, command, flags, printed.error());
  // What was broken off has no verdict.
  const auto whole = *status == kSuccess ? Result<void>() : run.cancellation.check();
  return whole ? *status : report(run, command, flags, whole.error());
}

int run_go_command(const Run& run, const Command& command, const std::vector<std::string>& words) {
  FlagSet set;
  set.drop_help();
  GlobalFlags flags;
  set.add_option("--overlay", flags.overlay);
  const Action action = command.configure(set);
  const auto settings = settings_for(run, command);
  if (!settings) return report(run, command, flags, settings.error());
  if (const auto known = check_go_flags(settings->go_flags); !known) return report(run, command, flags, known.error());
  GoArguments arguments = read_go_arguments(set, words, settings->go_flags);
  if (arguments.asks_for_help && std::ranges::find(words, "--help") != words.end()) {
    run.console.print(go_face_help(command));
    return kSuccess;
  }
  if (arguments.asks_for_help || !arguments.problem.empty()) return refuse_go_flag(run, command, arguments.problem);
  if (const auto parsed = set.parse(std::move(arguments.flags)); !parsed) {
    return refuse_go_flag(run, command, parsed.error().reason);
  }
  flags.directory = arguments.directory;
  if (command.passes_on) flags.passed_on = std::move(arguments.rest);
  return execute_and_report(run, command, flags, *settings, {}, [&](Session& session) -> Result<int> {
    if (!command.passes_on && !arguments.rest.empty())
      return fail(Code::kNotSupported, std::string(command.go_refusal));
    return action(session);
  });
}

// Takes what stands behind the first `--` out of the arguments.
std::vector<std::string> take_passed_on(std::vector<std::string>& arguments) {
  const auto mark = std::ranges::find(arguments, "--");
  if (mark == arguments.end()) return {};
  std::vector<std::string> rest(mark + 1, arguments.end());
  arguments.erase(mark, arguments.end());
  return rest;
}

int run_own_command(const Run& run, const Command& command, std::vector<std::string> arguments) {
  FlagSet set(std::string(command.summary), "modtool " + std::string(command.name));
  GlobalFlags flags;
  const Action action = command.configure(set);
  add_global_flags(set, flags);
  if (command.passes_on) flags.passed_on = take_passed_on(arguments);
  const bool wants_json = std::ranges::count(arguments, "--json") != 0;  // told before it can be parsed
  take_single_dashes(set, arguments);
  if (const auto parsed = set.parse(std::move(arguments)); !parsed) {
    return refuse_flags(run, command, set, wants_json, parsed.error());
  }
  apply(run, flags);
  TypedCommand typed{.verb = std::string(command.name),
                     .directory = flags.directory,
                     .flags = set.given(),
                     .arguments = set.arguments(),
                     .passed_on = flags.passed_on};
  std::erase_if(typed.flags, [](const auto& words) { return words.front() == "-C"; });
  const auto settings = settings_for(run, command);
  return settings ? execute_and_report(run, command, flags, *settings, typed, action)
                  : report(run, command, flags, settings.error());
}

int run_words(const Run& run) {
  auto arguments = run.arguments;
  if (const auto first = first_word(arguments); first != arguments.end() && *first == "help") {
    arguments.erase(first);
    arguments.emplace_back("--help");
  }
  if (const Command* command = take_command(arguments)) {
    return command->is_go_face ? run_go_command(run, *command, arguments)
                               : run_own_command(run, *command, std::move(arguments));
  }
  return run_without_command(run.console, arguments);
}

}  // namespace

int run(const Run& run) {
  const int status = run_words(run);
  const auto printed = run.console.flush();
  return printed || status != kSuccess ? status : report_own(run, false, printed.error());
}

}  // namespace modtool::cli
