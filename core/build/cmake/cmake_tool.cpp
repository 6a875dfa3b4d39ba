// A build by CMake, with the provider of integration_files.hpp.
#include <fmt/format.h>

#include "core/base/sha256.hpp"
#include "core/base/text.hpp"
#include "core/build/build_directory.hpp"
#include "core/build/build_tool.hpp"
#include "core/build/cmake/cmake_facts.hpp"
#include "core/build/cmake/cmake_failure.hpp"
#include "core/build/cmake/cmake_generator.hpp"
#include "core/build/cmake/cmake_programs.hpp"
#include "core/build/cmake/integration_files.hpp"
#include "core/build/cmake/offered_modules.hpp"
#include "core/build/cmake/prefix.hpp"
#include "core/build/pkg_config_names.hpp"
#include "core/build/source_copy.hpp"
#include "core/module/semver.hpp"

namespace modtool::build {
namespace {

constexpr std::string_view kOldestCMake = "3.14.0";    // the first that tells its targets
constexpr std::string_view kProviderCMake = "3.24.0";  // the first that knows dependency providers

// In the build directory: what the provider tells pkg-config of the modules.
constexpr std::string_view kPkgConfigDirectory = "_modtool/pkgconfig";

std::string directory_of(const BuildRequest& request) {
  if (!request.build_directory.empty()) return request.build_directory;
  const std::string name = request.preset.empty() ? "modtool" : request.preset;
  return io::join_path(request.root, fmt::format("build/{}{}", name, request.prefix.empty() ? "" : "-prefix"));
}

// One build with its directory.
class CMakeBuild {
 public:
  CMakeBuild(const BuildRequest& request, const Runner& runner, io::FileSystem& files)
      : request_(request), runner_(runner), files_(files), directory_(directory_of(request)) {}

  const std::string& directory() const { return directory_; }

  Result<void> configure() {
    if (!request_.prefix.empty()) {
      MODTOOL_CHECK(check_version());
      MODTOOL_CHECK(install_modules(request_, runner_, files_, directory_));
    }
    const Step step = configure_step();
    MODTOOL_TRY(const std::string presets, hash_of_presets());
    const std::string line = command_line(step) + "\n" + presets;
    const std::string record = io::join_path(directory_, kConfiguredFile);
    // While the command line is that of this run, the build tool itself sees what must be configured anew.
    MODTOOL_TRY(const auto before, files_.read(record).if_there());
    MODTOOL_TRY(const auto cache, files_.stat(io::join_path(directory_, "CMakeCache.txt")).if_there());
    if (before == line && cache) return {};
    MODTOOL_CHECK(check_version());
    MODTOOL_CHECK(make_build_directory(request_, directory_, files_));
    MODTOOL_CHECK(ask_for_programs(files_, directory_));
    MODTOOL_CHECK(files_.remove_all(record));
    MODTOOL_CHECK(forget_failure(files_, directory_));
    FailureWatch watch(request_.plan);
    MODTOOL_TRY(const Step configuring, with_generator(step, directory_, request_, runner_, files_));
    MODTOOL_TRY(const int status, run_watched(configuring, watch));
    if (status != 0) return fail(configure_failure(files_, directory_, request_, watch, status));
    return files_.write_atomic(record, line);
  }

  Result<void> make(const std::vector<std::string>& targets, const std::vector<std::string>& arguments) {
    Step step{.program = "cmake", .arguments = {"--build", directory_}, .directory = request_.root};
    if (request_.jobs > 0) add(step, {"--parallel", std::to_string(request_.jobs)});
    if (!targets.empty()) add(step, {"--target"});
    add(step, targets);
    add(step, arguments);
    MODTOOL_CHECK(forget_failure(files_, directory_));
    FailureWatch watch(request_.plan);
    MODTOOL_TRY(const int status, run_watched(step, watch));
    if (status == 0) return look_at_build(request_, runner_, files_, cmake_facts(request_, files_, directory_));
    // The build tool configures anew where something changed; what went wrong there is told first.
    Error error = configure_failure(files_, directory_, request_, watch, status);
    return fail(error.code != Code::kBuildFailed ? std::move(error) : build_failure(watch, status));
  }

  Result<void> test() {
    Step step{.program = "ctest", .arguments = {"--output-on-failure"}, .directory = directory_};  // 3.20: --test-dir
    if (request_.jobs > 0) add(step, {"--parallel", std::to_string(request_.jobs)});
    add(step, request_.passed_on);
    MODTOOL_TRY(const int status, runner_.run(step));
    if (status == 0) return {};
    return fail(Code::kTestsFailed, fmt::format("`ctest` failed with status {}", status));
  }

 private:
  static void add(Step& step, const std::vector<std::string>& words) {
    step.arguments.insert(step.arguments.end(), words.begin(), words.end());
  }

  std::string integration_file(std::string_view name) const {
    return io::join_path(request_.root, fmt::format("{}/{}", kIntegrationDirectory, name));
  }

  // The provider comes last: only then it sees what a preset or a user sets, and adds itself to that.
  Step configure_step() const {
    Step step{.program = "cmake", .directory = request_.root};
    if (!request_.preset.empty()) add(step, {"--preset", request_.preset});
    add(step, {"-S", request_.root, "-B", directory_});
    if (!request_.generator.empty()) add(step, {"-G", request_.generator});
    for (const auto& definition : request_.definitions) add(step, {"-D", definition});
    if (!request_.prefix.empty()) {
      add(step, {"-D", prefix_path(request_), "-C", integration_file(kDetachFile)});
      return step;
    }
    add(step, {"-D", fmt::format("MODTOOL_STRICT={}", request_.strict ? "ON" : "OFF")});
    add(step, {"-C", integration_file(kAttachFile)});
    return step;
  }

  // The provider is told, in case CMake runs, that the sources are proven already; what runs pkg-config while it builds
  // finds what the provider has written for it, or what is installed.
  Result<int> run_watched(Step step, FailureWatch& watch) const {
    step.environment.push_back("MODTOOL_PROVEN=" + request_.root);
    step.environment.push_back(request_.prefix.empty()
                                   ? pkg_config_path(runner_, {io::join_path(directory_, kPkgConfigDirectory)})
                                   : prefix_pkg_config_path(request_, runner_));
    return runner_.run(step, [&](io::OutputStream, std::string_view bytes) { watch.see(bytes); });
  }

  // What the build tool does not look at by itself. Nothing without a preset.
  Result<std::string> hash_of_presets() const {
    std::string text;
    if (request_.preset.empty()) return text;
    for (const auto* name : {"CMakePresets.json", "CMakeUserPresets.json"}) {
      MODTOOL_TRY(const auto file, files_.read(io::join_path(request_.root, name)).if_there());
      if (file) text += to_hex(sha256(*file)) + "\n";
    }
    return text;
  }

  // Without a provider nothing stands between the machine's packages and who asks for them.
  Result<void> check_version() const {
    MODTOOL_TRY(const std::string text,
                runner_.ask({.program = "cmake", .arguments = {"--version"}, .directory = request_.root}));
    const auto words = split_fields(text);
    const std::string version = words.size() < 3 ? "" : std::string(words[2]);
    const std::string_view oldest = request_.strict ? kProviderCMake : kOldestCMake;
    if (module::compare_versions("v" + version, "v" + std::string(oldest)) >= 0) return {};
    return fail(Code::kToolMissing, fmt::format("CMake {} or newer is needed{}, and `cmake --version` says `{}`",
                                                oldest, request_.strict ? " for `--strict`" : "", version));
  }

  const BuildRequest& request_;
  const Runner& runner_;
  io::FileSystem& files_;
  std::string directory_;
};

class CMakeTool final : public BuildTool {
 public:
  bool uses_plan() const override { return true; }

  Result<void> check(const BuildRequest& request, const io::FileReader& files) const override {
    if (request.strict && !request.prefix.empty()) {
      return fail(Code::kUsage, "`--strict` and `--prefix` exclude each other: installed modules need no provider");
    }
    MODTOOL_TRY(const auto there, files.stat(io::join_path(request.root, "CMakeLists.txt")).if_there());
    if (there) return {};
    return fail(Error{.code = Code::kBuildFailed,
                      .message = fmt::format("{} has no CMakeLists.txt (and no meson.build), so there is nothing to "
                                             "build; what else builds the project, modtool.json says: \"build\": "
                                             "{{\"system\": …}}",
                                             request.root)});
  }
  std::string directory(const BuildRequest& request) const override { return directory_of(request); }

  Result<CopyPlan> plan_copies(const BuildRequest& request, const io::FileReader&) const override {
    CopyPlan copies{.directory = copies_in(directory_of(request)), .program = "cmake"};
    if (!request.prefix.empty()) return copies;  // each has one while it is installed
    for (const auto& module : request.plan.modules) {
      if (module.recipe.copy) copies.modules.push_back(&module);
    }
    return copies;
  }

  Result<void> name_modules(BuildPlan& plan, const SourceReader& read) const override {
    MODTOOL_CHECK(name_packages(plan, read));
    for (auto& module : plan.modules) {
      if (module.recipe.module_path.empty()) module.recipe.module_path = offered_modules(module, read);
    }
    return {};
  }

  Result<std::vector<std::string>> integrate(const BuildRequest& request, io::FileSystem& files) const override {
    const std::string directory = io::join_path(request.root, kIntegrationDirectory);
    BuildPlan plan = request.plan;
    MODTOOL_CHECK(claim_pkg_config(plan, files, request.root));
    MODTOOL_TRY(auto written, save_integration_files(files, directory, integration_files(plan)));
    for (auto& name : written) name = fmt::format("{}/{}", kIntegrationDirectory, name);
    return written;
  }

  Result<void> build(const BuildRequest& request, const Runner& runner, io::FileSystem& files) const override {
    CMakeBuild build(request, runner, files);
    MODTOOL_CHECK(build.configure());
    return build.make(request.targets.empty() ? request.settings.targets : request.targets, request.passed_on);
  }

  Result<void> test(const BuildRequest& request, const Runner& runner, io::FileSystem& files) const override {
    CMakeBuild build(request, runner, files);
    MODTOOL_CHECK(build.configure());
    MODTOOL_CHECK(build.make(request.targets, {}));
    return build.test();
  }

  Result<Step> build_program(const BuildRequest& request, const Runner& runner, io::FileSystem& files) const override {
    CMakeBuild build(request, runner, files);
    MODTOOL_CHECK(build.configure());
    MODTOOL_TRY(const std::string program, find_target_program(files, build.directory(), request.targets[0]));
    MODTOOL_CHECK(build.make({request.targets[0]}, {}));
    return Step{.program = program, .arguments = request.passed_on, .directory = request.directory};
  }
};

}  // namespace

const BuildTool& cmake_tool() {
  static const CMakeTool tool;
  return tool;
}

}  // namespace modtool::build
