// A build by Meson, with the subprojects of meson_layout.hpp. Modules that CMake builds are installed first, and Meson
// finds what is installed.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/text.hpp"
#include "core/build/build_directory.hpp"
#include "core/build/build_tool.hpp"
#include "core/build/cmake/integration_files.hpp"
#include "core/build/cmake/prefix.hpp"
#include "core/build/meson/meson_definitions.hpp"
#include "core/build/meson/meson_facts.hpp"
#include "core/build/meson/meson_failure.hpp"
#include "core/build/meson/meson_introspection.hpp"
#include "core/build/meson/meson_layout.hpp"
#include "core/build/meson/meson_options.hpp"
#include "core/build/meson/meson_origins.hpp"
#include "core/build/pkg_config_names.hpp"
#include "core/module/semver.hpp"

namespace modtool::build {
namespace {

constexpr std::string_view kOldestMeson = "0.61.0";  // the first for which files behind a link are in the subproject

bool is_installed(const PlacedSubproject& placed) { return placed.subproject.kind == SubprojectKind::kCMake; }

// What a configuration is made of. Meson keeps options that are not given any more, and ninja looks at times, not at
// where a link leads: with other options, or another directory behind the same link, all is made anew. Another Meson
// does not read what an older one wrote, but by `--reconfigure`.
struct Configuration {
  std::string options;
  std::string program;  // Meson itself, with the time at which it was installed
  std::string sources;  // "zlib-v1.3.1 ../vendor/github.com/madler/zlib" and the like, a line each
};

std::string format_configuration(const Configuration& configuration) {
  return fmt::format("{}\n{}\n{}", configuration.options, configuration.program, configuration.sources);
}

bool can_go_on(std::string_view before, const Configuration& now) {
  const auto lines = split_lines(before);
  if (lines.size() < 2 || lines[0] != now.options) return false;
  std::set<std::string_view> names;
  const auto wanted = split_lines(now.sources);
  for (const auto line : wanted) names.insert(line.substr(0, line.find(' ')));
  return std::ranges::all_of(lines.begin() + 2, lines.end(), [&](std::string_view line) {
    return !names.contains(line.substr(0, line.find(' '))) || std::ranges::find(wanted, line) != wanted.end();
  });
}

std::string directory_of(const BuildRequest& request) {
  return request.build_directory.empty() ? io::join_path(request.root, "build/modtool") : request.build_directory;
}

class MesonBuild {
 public:
  MesonBuild(const BuildRequest& request, const Runner& runner, io::FileSystem& files, MesonLayout layout)
      : request_(request),
        runner_(runner),
        files_(files),
        layout_(std::move(layout)),
        directory_(directory_of(request)) {}

  Result<void> configure() {
    if (request_.strict) MODTOOL_CHECK(refuse_other_sources());
    MODTOOL_CHECK(install_for_meson());
    MODTOOL_TRY(const Configuration wanted, configuration());
    const std::string record = io::join_path(directory_, kConfiguredFile);
    MODTOOL_TRY(const auto before, files_.read(record).if_there());
    MODTOOL_TRY(const auto is_configured,
                files_.stat(io::join_path(directory_, "meson-private/coredata.dat")).if_there());
    if (before == format_configuration(wanted) && is_configured) return {};
    MODTOOL_CHECK(check_version());
    const bool goes_on = is_configured && (!before || can_go_on(*before, wanted));
    if (!goes_on) MODTOOL_CHECK(forget());
    MODTOOL_CHECK(make_build_directory(request_, directory_, files_));
    MODTOOL_CHECK(files_.write_atomic(record, ""));
    for (const auto& placed : layout_.subprojects) {
      if (!placed.other_source.empty()) runner_.note(words_of_other_source(placed));
    }
    MesonWatch watch(layout_);
    MODTOOL_TRY(const int status, run_watched(setup_step(goes_on), watch));
    if (status != 0) return fail(watch.failure("configuring", status));
    for (const auto* wrap : watch.missed_wraps()) {
      runner_.note(fmt::format("nothing is fetched for {}, and no module is in its place", wrap->file));
    }
    MODTOOL_CHECK(check_found(true));
    return files_.write_atomic(record, format_configuration(wanted));
  }

  Result<void> compile(const std::vector<std::string>& targets, const std::vector<std::string>& arguments) {
    Step step{.program = "meson", .arguments = {"compile", "-C", directory_}, .directory = request_.root};
    if (request_.jobs > 0) add(step, {"-j", std::to_string(request_.jobs)});
    add(step, arguments);
    add(step, targets);
    MesonWatch watch(layout_);
    MODTOOL_TRY(const int status, run_watched(step, watch));
    if (status != 0) return fail(watch.failure("building", status));
    MODTOOL_CHECK(look_at_build(request_, runner_, files_, meson_facts(request_, files_, layout_, directory_)));
    return check_found(false);  // ninja may have had Meson configure anew
  }

  Result<void> test() {
    Step step{
        .program = "meson", .arguments = {"test", "-C", directory_, "--print-errorlogs"}, .directory = request_.root};
    if (request_.jobs > 0) add(step, {"--num-processes", std::to_string(request_.jobs)});
    MODTOOL_TRY(const auto choice, choose_tests());
    add(step, choice);
    add(step, request_.passed_on);
    MODTOOL_TRY(const int status, runner_.run(step));
    if (status == 0) return {};
    return fail(Code::kTestsFailed, fmt::format("`meson test` failed with status {}", status));
  }

  Result<Step> build_program() {
    MODTOOL_TRY(const auto program, find_meson_program(files_, directory_, request_.targets[0]));
    MODTOOL_CHECK(compile({program.target}, {}));
    return Step{.program = program.path, .arguments = request_.passed_on, .directory = request_.directory};
  }

 private:
  static void add(Step& step, const std::vector<std::string>& words) {
    step.arguments.insert(step.arguments.end(), words.begin(), words.end());
  }

  // A wrap of the project's own whose name and place hold, and whose source does not.
  std::string words_of_other_source(const PlacedSubproject& placed) const {
    return fmt::format("{}/{}.wrap says `{}`, and what is built is {}", layout_.directory, placed.subproject.name,
                       placed.other_source, to_string(placed.subproject.module->module));
  }

  Result<void> refuse_other_sources() const {
    for (const auto& placed : layout_.subprojects) {
      if (placed.other_source.empty()) continue;
      return fail(Code::kPackageVersion,
                  fmt::format("{}\nchange require.{} in modtool.json, or the wrap", words_of_other_source(placed),
                              placed.subproject.module->module.path));
    }
    return {};
  }

  // The tests of modules are not the project's. Where a suite of the project is called as one of them, that cannot be
  // said by suites.
  Result<std::vector<std::string>> choose_tests() const {
    MODTOOL_TRY(const auto own, read_own_tests(files_, directory_));
    std::vector<std::string> words;
    bool is_told = true;
    for (const auto& placed : layout_.subprojects) {
      if (placed.directory.empty()) continue;
      if (own.suites.contains(placed.subproject.name)) {
        is_told = false;
      } else {
        words.insert(words.end(), {"--no-suite", placed.subproject.name});
      }
    }
    if (!is_told && request_.passed_on.empty()) words.push_back(own.project + ":");
    return words;
  }

  bool has_installed() const { return std::ranges::any_of(layout_.subprojects, is_installed); }

  std::string prefix() const {
    return request_.prefix.empty() ? io::join_path(directory_ + "-prefix", "installed") : request_.prefix;
  }

  // Modules without a meson.build, in the order of their requirements.
  Result<void> install_for_meson() const {
    if (!has_installed()) return {};
    BuildRequest request = request_;
    request.definitions = with_cmake_words(request_.definitions);
    request.prefix = prefix();
    request.plan.modules.clear();
    for (const auto& placed : layout_.subprojects) {
      if (is_installed(placed)) request.plan.modules.push_back(*placed.subproject.module);
    }
    return install_modules(request, runner_, files_, directory_ + "-prefix");
  }

  // Without its log ninja makes everything anew. Nothing else is removed: who knows what is in a directory that was
  // chosen.
  Result<void> forget() const {
    for (const auto* name : {"meson-private", ".ninja_log", ".ninja_deps"}) {
      MODTOOL_CHECK(files_.remove_all(io::join_path(directory_, name)));
    }
    return {};
  }

  Result<Configuration> configuration() const {
    Configuration wanted{.options = command_line(setup_step(false)), .program = runner_.find_program("meson")};
    MODTOOL_TRY(const auto program, files_.stat(wanted.program).if_there());
    if (program) wanted.program += fmt::format(" {}", program->modified_ns);
    for (const auto& entry : layout_.entries) {
      if (!entry.target.empty()) wanted.sources += fmt::format("{} {}\n", entry.name, entry.target);
    }
    return wanted;
  }

  Step setup_step(bool goes_on) const {
    Step step{.program = "meson", .arguments = {"setup", directory_, request_.root}, .directory = request_.root};
    if (goes_on) add(step, {"--reconfigure"});
    add(step, define_options(layout_, {.prefix = has_installed() ? prefix() : "",
                                       .pkg_config_path = runner_.variable("PKG_CONFIG_PATH"),
                                       .users = request_.definitions}));
    return step;
  }

  // Meson, or ninja that may run it.
  Result<int> run_watched(const Step& step, MesonWatch& watch) const {
    MODTOOL_TRY(const int status,
                runner_.run(step, [&](io::OutputStream, std::string_view bytes) { watch.see(bytes); }));
    MODTOOL_CHECK(remove_promoted_wraps(files_, request_.root, layout_));
    return status;
  }

  Result<FoundOutside> read_found() const {
    FoundOutside found;
    MODTOOL_TRY(found.dependencies, read_dependencies(files_, directory_));
    MODTOOL_TRY(found.libraries, read_found_libraries(files_, directory_));
    MODTOOL_TRY(found.subprojects, read_subprojects(files_, directory_));
    return found;
  }

  // `tells`: also what is no error.
  Result<void> check_found(bool tells) const {
    MODTOOL_TRY(const auto found, read_found());
    BuildPlan claims = request_.plan;
    MODTOOL_CHECK(claim_pkg_config(claims, files_, request_.root));
    const OriginRules rules = {.layout = layout_,
                               .claims = claims,
                               .prefix = prefix(),
                               .is_strict = request_.strict,
                               .allowed = request_.plan.allowed};
    MODTOOL_CHECK(check_origins(found, rules));
    if (!tells) return {};
    for (const auto& note : notes_on_origins(found, rules)) runner_.note(note);
    return {};
  }

  Result<void> check_version() const {
    MODTOOL_TRY(const std::string text,
                runner_.ask({.program = "meson", .arguments = {"--version"}, .directory = request_.root}));
    const std::string version(trim(text));
    if (module::compare_versions("v" + version, "v" + std::string(kOldestMeson)) >= 0) return {};
    return fail(Code::kToolMissing,
                fmt::format("Meson {} or newer is needed, and `meson --version` says `{}`", kOldestMeson, version));
  }

  const BuildRequest& request_;
  const Runner& runner_;
  io::FileSystem& files_;
  MesonLayout layout_;
  std::string directory_;
};

class MesonTool final : public BuildTool {
 public:
  bool uses_plan() const override { return true; }

  Result<void> check(const BuildRequest& request, const io::FileReader&) const override {
    using enum BuildFlag;
    MODTOOL_CHECK(check_flags(request, "Meson", {kBuildDirectory, kDefinitions, kStrict, kPrefix}));
    return check_definitions(request.definitions);
  }
  std::string directory(const BuildRequest& request) const override { return directory_of(request); }

  // Beside the links in subprojects/, which all build directories share.
  Result<CopyPlan> plan_copies(const BuildRequest& request, const io::FileReader& files) const override {
    CopyPlan copies{.directory = io::join_path(request.root, kMesonCopies), .program = "meson"};
    MODTOOL_TRY(const auto layout, plan_layout(files, request.root, request.plan));
    for (const auto& placed : layout.subprojects) {
      if (is_copied(placed.subproject)) copies.modules.push_back(placed.subproject.module);
    }
    return copies;
  }

  Result<std::vector<std::string>> integrate(const BuildRequest& request, io::FileSystem& files) const override {
    MODTOOL_TRY(const auto layout, plan_layout(files, request.root, request.plan));
    MODTOOL_TRY(auto written, save_layout(files, request.root, layout));
    const std::string directory = io::join_path(request.root, kIntegrationDirectory);
    MODTOOL_TRY(const auto others, save_integration_files(files, directory, meson_files(layout)));
    for (const auto& name : others) written.push_back(fmt::format("{}/{}", kIntegrationDirectory, name));
    return written;
  }

  Result<void> build(const BuildRequest& request, const Runner& runner, io::FileSystem& files) const override {
    MODTOOL_TRY(auto build, configure(request, runner, files));
    return build.compile(request.targets.empty() ? request.settings.targets : request.targets, request.passed_on);
  }

  Result<void> test(const BuildRequest& request, const Runner& runner, io::FileSystem& files) const override {
    MODTOOL_TRY(auto build, configure(request, runner, files));
    MODTOOL_CHECK(build.compile(request.targets, {}));
    return build.test();
  }

  Result<Step> build_program(const BuildRequest& request, const Runner& runner, io::FileSystem& files) const override {
    MODTOOL_TRY(auto build, configure(request, runner, files));
    return build.build_program();
  }

 private:
  static Result<MesonBuild> configure(const BuildRequest& request, const Runner& runner, io::FileSystem& files) {
    MODTOOL_TRY(auto layout, plan_layout(files, request.root, request.plan));
    MesonBuild build(request, runner, files, std::move(layout));
    MODTOOL_CHECK(build.configure());
    return build;
  }
};

}  // namespace

const BuildTool& meson_tool() {
  static const MesonTool tool;
  return tool;
}

}  // namespace modtool::build
