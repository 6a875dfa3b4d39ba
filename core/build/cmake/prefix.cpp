#include "core/build/cmake/prefix.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/sha256.hpp"
#include "core/base/text.hpp"
#include "core/build/cmake/cmake_failure.hpp"
#include "core/build/cmake/cmake_generator.hpp"
#include "core/build/cmake/header_package.hpp"
#include "core/build/source_copy.hpp"
#include "core/module/version_control.hpp"

namespace modtool::build {
namespace {

// In the prefix, once all is installed: what it was made of. Its presence tells whose directory it is.
constexpr std::string_view kInstalledFile = ".modtool-installed";
constexpr std::string_view kPathVariable = "CMAKE_PREFIX_PATH=";

// Hashes the names and bytes of all files below a directory, but for what belongs to a version control system.
class DirectoryHash {
 public:
  DirectoryHash(const io::FileReader& files, Sha256& hash) : files_(files), hash_(hash) {}

  Result<void> add(const std::string& directory, bool is_linked = false) {
    MODTOOL_TRY(const auto entries, files_.list(directory).required());
    for (const auto& entry : entries) {
      if (module::belongs_to_version_control(entry.name)) continue;
      const std::string path = io::join_path(directory, entry.name);
      hash_.update(fmt::format("{}\n", path));
      if (entry.kind == io::FileKind::kRegular) MODTOOL_CHECK(add_file(path));
      if (entry.kind == io::FileKind::kDirectory) MODTOOL_CHECK(add(path, is_linked));
      if (entry.kind == io::FileKind::kSymlink) MODTOOL_CHECK(add_link(path, is_linked));
    }
    return {};
  }

 private:
  Result<void> add_file(const std::string& path) {
    MODTOOL_TRY(const std::string text, files_.read(path).required());
    hash_.update(fmt::format("{} {}\n", text.size(), to_hex(sha256(text))));
    return {};
  }

  // An editor's lock leads nowhere, other links lead in circles: of links behind a link to a directory only the text
  // counts, where they do not lead to a file.
  Result<void> add_link(const std::string& path, bool is_linked) {
    MODTOOL_TRY(const std::string target, files_.read_link(path));
    hash_.update(fmt::format("-> {}\n", target));
    MODTOOL_TRY(const auto info, files_.stat(path).if_such());
    if (info && info->kind == io::FileKind::kRegular) return add_file(path);
    return info && info->kind == io::FileKind::kDirectory && !is_linked ? add(path, true) : Result<void>();
  }

  const io::FileReader& files_;
  Sha256& hash_;
};

// What is said of how things are built at all; the rest is about the project.
bool is_for_modules(std::string_view definition) {
  const bool is_general = definition.starts_with("CMAKE_") || definition.starts_with("BUILD_SHARED_LIBS=");
  return is_general && !definition.starts_with(kPathVariable);
}

class PrefixBuild {
 public:
  PrefixBuild(const BuildRequest& request, const Runner& runner, io::FileSystem& files,
              const std::string& build_directory)
      : request_(request), runner_(runner), files_(files), build_directory_(build_directory) {}

  Result<void> install() {
    MODTOOL_TRY(const std::string wanted, describe());
    const std::string record = io::join_path(request_.prefix, kInstalledFile);
    MODTOOL_TRY(const auto found, files_.read(record).if_there());
    if (found == wanted) return {};
    MODTOOL_CHECK(check_owner(found.has_value()));
    MODTOOL_CHECK(files_.remove_all(request_.prefix));
    MODTOOL_CHECK(files_.make_directories(request_.prefix));
    MODTOOL_CHECK(files_.write_atomic(record, ""));
    for (const auto& module : request_.plan.modules) MODTOOL_CHECK(install(module));
    return files_.write_atomic(record, wanted);
  }

 private:
  // Never removes what modtool did not make.
  Result<void> check_owner(bool is_own) const {
    if (is_own) return {};
    MODTOOL_TRY(const auto entries, files_.list(request_.prefix).if_there());
    if (!entries || entries->empty()) return {};
    return fail(Code::kUsage, fmt::format("`--prefix` is a directory that modtool makes anew, and {} holds other files",
                                          request_.prefix));
  }

  // Everything that the installed files depend on.
  Result<std::string> describe() const {
    std::string text;
    for (const auto& module : request_.plan.modules) {
      Sha256 hash;
      MODTOOL_CHECK(DirectoryHash(files_, hash).add(absolute(module.directory)));
      if (!module.overlay.empty()) MODTOOL_CHECK(DirectoryHash(files_, hash).add(absolute(module.overlay)));
      if (is_headers(module)) hash.update(header_package(module, absolute(module.directory)));
      text += fmt::format("{} {}\n{}\n", to_string(module.module), to_hex(hash.finish()),
                          command_line(configuration(module)));
    }
    return text;
  }

  std::string absolute(const std::string& path) const {
    return io::is_absolute(path) ? path : io::join_path(request_.root, path);
  }

  static bool is_headers(const PlannedModule& module) { return !module.recipe.header_only.empty(); }

  std::string directory_of(const PlannedModule& module) const {
    return io::join_path(build_directory_, "_installed/" + to_string(module.module));
  }

  // The module as it is built: perhaps from a copy.
  PlannedModule built(const PlannedModule& module) const {
    PlannedModule from = module;
    from.directory = absolute(module.directory);
    if (module.recipe.copy) from.directory = io::join_path(copies_in(build_directory_), to_string(module.module));
    return from;
  }

  // Where its CMakeLists.txt is; of headers alone it is one that is made here.
  std::string source_of(const PlannedModule& module) const {
    return is_headers(module) ? directory_of(module) + "/_project" : absolute(cmake_directory(built(module)));
  }

  // What an earlier build left in it is of no use where all is built anew.
  Result<void> make_copy(const PlannedModule& module) const {
    const SourceCopy copy{.module = to_string(module.module),
                          .sources = absolute(module.directory),
                          .directory = built(module).directory};
    MODTOOL_CHECK(files_.remove_all(copy.directory));
    MODTOOL_CHECK(prepare_copy(files_, copy));
    return {};
  }

  Result<void> make_header_package(const PlannedModule& module) const {
    MODTOOL_CHECK(files_.make_directories(source_of(module)));
    return files_.write_atomic(source_of(module) + "/CMakeLists.txt",
                               header_package(module, absolute(module.directory)));
  }

  Step configuration(const PlannedModule& module) const {
    Step step{.program = "cmake",
              .arguments = {"--no-warn-unused-cli", "-S", source_of(module), "-B", directory_of(module)},
              .directory = request_.root};
    if (!request_.generator.empty()) step.arguments.insert(step.arguments.end(), {"-G", request_.generator});
    const auto define = [&](std::string definition) {
      step.arguments.insert(step.arguments.end(), {"-D", std::move(definition)});
    };
    for (const auto& definition : request_.definitions) {
      if (is_for_modules(definition)) define(definition);
    }
    define("BUILD_TESTING=OFF");
    for (const auto& [name, value] : module.recipe.options) define(fmt::format("{}={}", name, value));
    for (const auto& name : module.recipe.absent) define(fmt::format("CMAKE_DISABLE_FIND_PACKAGE_{}=ON", name));
    define("FETCHCONTENT_FULLY_DISCONNECTED=ON");
    define("MODTOOL_SOURCE_DIR:INTERNAL=" + built(module).directory);
    define(prefix_path(request_));
    define("CMAKE_INSTALL_PREFIX=" + request_.prefix);
    return step;
  }

  Result<void> install(const PlannedModule& module) const {
    const std::string directory = directory_of(module);
    MODTOOL_CHECK(files_.remove_all(directory));  // what an option was before would stay in its cache
    if (is_headers(module)) MODTOOL_CHECK(make_header_package(module));
    if (module.recipe.copy) MODTOOL_CHECK(make_copy(module));
    MODTOOL_TRY(const Step configuring, with_generator(configuration(module), directory, request_, runner_, files_));
    MODTOOL_CHECK(run(configuring, module, "configuring"));
    MODTOOL_TRY(const bool installs, has_install_rules(directory));
    if (!installs) {
      runner_.note(fmt::format("{} installs nothing, so no package of it is found in {}", to_string(module.module),
                               request_.prefix));
      return {};
    }
    Step step{
        .program = "cmake", .arguments = {"--build", directory, "--target", "install"}, .directory = request_.root};
    if (request_.jobs > 0) step.arguments.insert(step.arguments.end(), {"--parallel", std::to_string(request_.jobs)});
    return run(step, module, "building");
  }

  // CMake lists the directories of all targets; without a rule there is no target of that name. (Where it writes no
  // such list, the build tells.)
  Result<bool> has_install_rules(const std::string& directory) const {
    MODTOOL_TRY(const auto text, files_.read(directory + "/CMakeFiles/TargetDirectories.txt").if_there());
    if (!text) return true;
    const auto is_install = [](std::string_view line) { return line.ends_with("/CMakeFiles/install.dir"); };
    return std::ranges::any_of(split_lines(*text), is_install);
  }

  Result<void> run(Step step, const PlannedModule& module, std::string_view what) const {
    step.environment.push_back(prefix_pkg_config_path(request_, runner_));
    MODTOOL_TRY(const int status, runner_.run(step));
    if (status == 0) return {};
    return fail(dependency_failure(module, what, status));
  }

  const BuildRequest& request_;
  const Runner& runner_;
  io::FileSystem& files_;
  const std::string& build_directory_;
};

}  // namespace

Result<void> install_modules(const BuildRequest& request, const Runner& runner, io::FileSystem& files,
                             const std::string& build_directory) {
  return PrefixBuild(request, runner, files, build_directory).install();
}

std::string prefix_path(const BuildRequest& request) {
  std::string path = fmt::format("{}{}", kPathVariable, request.prefix);
  for (const auto& definition : request.definitions) {
    if (definition.starts_with(kPathVariable)) path += ";" + definition.substr(kPathVariable.size());
  }
  return path;
}

std::string pkg_config_path(const Runner& runner, const std::vector<std::string>& directories) {
  constexpr std::string_view kVariable = "PKG_CONFIG_PATH";
  const std::string users = runner.variable(kVariable);
  return fmt::format("{}={}{}{}", kVariable, fmt::join(directories, ":"), users.empty() ? "" : ":", users);
}

std::string prefix_pkg_config_path(const BuildRequest& request, const Runner& runner) {
  const std::string& prefix = request.prefix;
  return pkg_config_path(runner, {prefix + "/lib/pkgconfig", prefix + "/lib64/pkgconfig", prefix + "/share/pkgconfig"});
}

}  // namespace modtool::build
