#include "core/build/source_guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/first_few.hpp"
#include "core/base/text.hpp"
#include "core/build/build_directory.hpp"
#include "core/build/build_lock.hpp"
#include "core/build/cmake/integration_files.hpp"
#include "core/io/process.hpp"

namespace modtool::build {
namespace {

std::string absolute(const BuildRequest& request, const std::string& path) {
  return io::is_absolute(path) ? path : io::join_path(request.root, path);
}

// The program that builds, with the time at which it was installed.
Result<std::string> describe_program(const io::FileReader& files, const std::string& name, const std::string& path) {
  const std::string program = io::find_program(name, path);
  MODTOOL_TRY(const auto there, files.stat(program).if_there());
  return fmt::format("{} {}", program, there ? there->modified_ns : 0);
}

std::string describe_options(const Recipe& recipe) {
  std::string text = recipe.subdir + "\n";
  for (const auto* options : {&recipe.options, &recipe.meson.options}) {
    for (const auto& [name, value] : *options) text += fmt::format("{} {} {}\n", name, value.size(), value);
    text += "\n";
  }
  return text;
}

// What else a copy is made for: what its library has been configured by may stay in it.
Result<std::string> describe(const BuildRequest& request, const PlannedModule& module, const std::string& program,
                             const io::FileReader& files) {
  std::string text = fmt::format("{}\n{}", program, describe_options(module.recipe));
  if (module.overlay.empty()) return text;
  MODTOOL_TRY(const std::string overlay, hash_files(files, absolute(request, module.overlay)));
  return text + overlay;
}

// A checkout may hold a link in the way to a copy.
Result<void> check_no_link(const io::FileReader& files, const std::string& copies, const std::string& module) {
  std::string path = copies;
  for (const auto element : split(module, '/')) {
    MODTOOL_TRY(const auto there, files.lstat(path).if_there());
    if (there && there->kind != io::FileKind::kDirectory) {
      return fail(Code::kSymbolicLink, fmt::format("`{}` is no directory; nothing is written through it", path));
    }
    path = io::join_path(path, element);
  }
  return {};
}

Result<std::vector<SourceCopy>> plan_copies(const BuildTool& tool, const BuildRequest& request, const std::string& path,
                                            const io::FileReader& files) {
  std::vector<SourceCopy> copies;
  MODTOOL_TRY(const auto planned, tool.plan_copies(request, files));
  if (planned.modules.empty()) return copies;
  MODTOOL_TRY(const std::string program, describe_program(files, planned.program, path));
  for (const auto* module : planned.modules) {
    const std::string name = to_string(module->module);
    SourceCopy copy{.module = name,
                    .sources = absolute(request, module->directory),
                    .directory = io::join_path(planned.directory, name)};
    MODTOOL_CHECK(check_no_link(files, planned.directory, name));
    MODTOOL_TRY(copy.made_for, describe(request, *module, program, files));
    copies.push_back(std::move(copy));
  }
  return copies;
}

// Meson writes what the programs say that a meson.build runs nowhere else.
std::string end_of_meson_log(const io::FileReader& files, const std::string& build_directory) {
  constexpr std::size_t kMost = 8192;
  auto log = files.read(io::join_path(build_directory, "meson-logs/meson-log.txt")).or_nothing().value_or("");
  return log.size() > kMost ? log.substr(log.size() - kMost) : log;
}

std::string search_path(const std::vector<std::string>& environment) {
  static constexpr std::string_view kPath = "PATH=";
  const auto found = std::ranges::find_if(environment, [](const auto& entry) { return entry.starts_with(kPath); });
  return found == environment.end() ? std::string() : found->substr(kPath.size());
}

// What a build has written into sources that are no copy, a line each: "path@version <modified> vendor/path/file".
std::string written_file(const std::string& root) {
  return io::join_path(root, fmt::format("{}/written", kIntegrationDirectory));
}

// What the clock of the file system says, by a directory that is made there and removed.
Result<std::int64_t> time_in(io::FileSystem& files, const std::string& directory) {
  MODTOOL_CHECK(files.make_directories(directory));
  MODTOOL_TRY(const std::string made, files.make_temp_directory(directory, "now-"));
  MODTOOL_TRY(const auto info, files.lstat(made).required());
  MODTOOL_CHECK(files.remove_all(made));
  return info.modified_ns;
}

struct Written {
  const PlannedModule* module = nullptr;
  std::string name;  // below its directory; empty: the directory itself
  std::int64_t modified_ns = 0;
};

// Finds what is newer than a time. A file that got another name shows in its directory alone.
class NewerThan {
 public:
  NewerThan(const io::FileReader& files, std::int64_t time_ns) : files_(files), time_ns_(time_ns) {}

  Result<void> look(const PlannedModule& module, const std::string& root, std::vector<Written>& found) {
    for (std::vector<std::string> open = {""}; !open.empty();) {
      const std::string directory = std::move(open.back());
      open.pop_back();
      const std::size_t before = found.size();
      MODTOOL_TRY(const auto entries, files_.list(io::join_path(root, directory)).if_such());
      if (!entries) continue;
      for (const auto& entry : *entries) {
        std::string name = directory.empty() ? entry.name : directory + "/" + entry.name;
        if (entry.kind == io::FileKind::kDirectory) {
          open.push_back(std::move(name));
        } else {
          MODTOOL_CHECK(add(module, root, std::move(name), found));
        }
      }
      if (found.size() == before) MODTOOL_CHECK(add(module, root, directory, found));
    }
    return {};
  }

 private:
  Result<void> add(const PlannedModule& module, const std::string& root, std::string name,
                   std::vector<Written>& found) {
    MODTOOL_TRY(const auto info, files_.lstat(io::join_path(root, name)).if_there());
    if (info && info->modified_ns > time_ns_) {
      found.push_back({.module = &module, .name = std::move(name), .modified_ns = info->modified_ns});
    }
    return {};
  }

  const io::FileReader& files_;
  std::int64_t time_ns_;
};

std::string place_of(const Written& written) {
  return written.name.empty() ? written.module->directory
                              : fmt::format("{}/{}", written.module->directory, written.name);
}

std::string format_written(const std::vector<Written>& found) {
  std::string text;
  for (const auto& written : found) {
    text += fmt::format("{} {} {}\n", to_string(written.module->module), written.modified_ns, place_of(written));
  }
  return text;
}

Error written_error(const std::vector<Written>& found) {
  std::set<std::string> modules;
  std::set<std::string> paths;  // of those that are no copy yet
  std::vector<std::string> places;
  for (const auto& written : found) {
    modules.insert(to_string(written.module->module));
    if (!written.module->recipe.copy) paths.insert(written.module->module.path);
    places.push_back(place_of(written));
  }
  const std::string what =
      fmt::format("building {} wrote into its own sources, which must stay as they were proven: {}",
                  first_few({modules.begin(), modules.end()}), first_few(places, 3));
  if (!paths.empty()) return sources_written(what, {paths.begin(), paths.end()});
  return {.code = Code::kDependencyFailed,
          .message = fmt::format("{}; there is a copy for that, and find_package(), FetchContent and dependency() "
                                 "lead to it\nchange what goes to {} by itself",
                                 what, found.front().module->directory)};
}

// The three parts of a line of that file; paths may hold blanks.
std::vector<std::string_view> split_written(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t blank = line.find(' '); words.size() < 2 && blank != line.npos; blank = line.find(' ')) {
    words.push_back(line.substr(0, blank));
    line.remove_prefix(blank + 1);
  }
  words.push_back(line);
  return words;
}

// Whether a line of that file tells of a path that is still as the build left it.
bool tells_of(const io::FileReader& files, const std::string& root, const std::vector<std::string_view>& words,
              const std::vector<std::string>& paths) {
  if (words.size() != 3) return false;
  const auto is_there = [&](const std::string& path) { return has_path_prefix(path, words[2]); };
  if (std::ranges::none_of(paths, is_there)) return false;
  const auto info = files.lstat(io::join_path(root, words[2])).or_nothing();
  return info && std::to_string(info->modified_ns) == words[1];
}

}  // namespace

Result<SourceGuard> SourceGuard::begin(const BuildTool& tool, const BuildRequest& request,
                                       const std::vector<std::string>& environment,
                                       const std::function<void(const std::string&)>& note, io::FileSystem& files) {
  SourceGuard guard(request, files);
  guard.build_directory_ = tool.directory(request);
  MODTOOL_TRY(guard.copies_, plan_copies(tool, request, search_path(environment), files));
  for (const auto& copy : guard.copies_) {
    MODTOOL_TRY(const auto state, prepare_copy(files, copy));
    if (state == CopyState::kRestored) {
      note(fmt::format("{}: its copy {} was changed, and is made anew", copy.module, copy.directory));
    }
    if (state == CopyState::kKept) continue;
    MODTOOL_CHECK(files.remove_all(io::join_path(tool.directory(request), kConfiguredFile)));
  }
  MODTOOL_CHECK(guard.watch());
  return guard;
}

Result<void> make_copies(const BuildTool& tool, const BuildRequest& request,
                         const std::vector<std::string>& environment,
                         const std::function<void(const std::string&)>& note, io::FileSystem& files,
                         const Cancellation& cancellation) {
  MODTOOL_TRY(const auto planned, tool.plan_copies(request, files));
  const bool is_in_build_directory = has_path_prefix(planned.directory, tool.directory(request));
  if (planned.modules.empty() || (is_in_build_directory && request.build_directory.empty())) return {};
  MODTOOL_TRY(const auto lock, lock_build(files, request.build_directory, environment, note, cancellation));
  MODTOOL_CHECK(SourceGuard::begin(tool, request, environment, note, files));
  return {};
}

Result<void> SourceGuard::watch() {
  if (request_->plan.modules.empty()) return {};
  const std::string record = written_file(request_->root);
  MODTOOL_CHECK(files_->remove_all(record));  // what an earlier build wrote is proven again by now
  MODTOOL_TRY(begun_ns_, time_in(*files_, io::directory_of(record)));
  return {};
}

Result<void> SourceGuard::look() {
  for (const auto& copy : copies_) MODTOOL_CHECK(record_copy(*files_, copy.directory));
  return check_written();
}

Result<void> SourceGuard::check_written() {
  std::vector<Written> found;
  NewerThan newer(*files_, begun_ns_);
  for (const auto& module : request_->plan.modules) {
    if (!module.is_users_own) MODTOOL_CHECK(newer.look(module, absolute(*request_, module.directory), found));
  }
  if (found.empty()) return {};
  const std::string file = written_file(request_->root);
  MODTOOL_TRY(const auto now_ns, time_in(*files_, io::directory_of(file)));
  // A clock that was wrong once leaves files that are newer than now.
  std::erase_if(found, [&](const Written& written) { return written.modified_ns > now_ns; });
  if (found.empty()) return {};
  MODTOOL_CHECK(files_->write_unsynced(file, format_written(found)));
  Error error = written_error(found);
  if (request_->sources == Sources::kVendor) error.fix = error.fix.then(Fix::modtool("vendor"));
  return fail(std::move(error));
}

RunnerInputs SourceGuard::watching(RunnerInputs inputs) {
  inputs.sink = [this, sink = std::move(inputs.sink)](io::OutputStream stream, std::string_view bytes) {
    refusals_.see(bytes);
    sink(stream, bytes);
  };
  return inputs;
}

Error SourceGuard::explain(Error failure) {
  if (failure.code != Code::kDependencyFailed && failure.code != Code::kBuildFailed) return failure;
  if (!refusals_.was_refused()) refusals_.see(end_of_meson_log(*files_, build_directory_));
  if (!refusals_.was_refused()) return failure;
  const PlannedModule* module = refusals_.find_module(request_->plan, request_->root);
  const auto is_named = [&](const PlannedModule& m) { return failure.message.contains(to_string(m.module) + " "); };
  if (module == nullptr) {
    const auto named = std::ranges::find_if(request_->plan.modules, is_named);
    if (failure.code == Code::kDependencyFailed && named != request_->plan.modules.end()) module = &*named;
  }
  if (module == nullptr || module->recipe.copy || module->is_users_own) return failure;
  Error error = sources_written(
      fmt::format("{}: {} could not write into its own sources", failure.message, to_string(module->module)),
      {module->module.path});
  return std::move(error).in(module->chain);
}

Error name_written(const io::FileReader& files, const std::string& root, const std::vector<std::string>& paths,
                   Error unproven) {
  const auto text = files.read(written_file(root)).or_nothing();
  if (!text) return unproven;
  std::set<std::string> modules;
  for (const auto line : split_lines(*text)) {
    const auto words = split_written(line);
    if (tells_of(files, root, words, paths)) modules.emplace(words[0].substr(0, words[0].find('@')));
  }
  if (modules.empty()) return unproven;
  const std::vector<std::string> names(modules.begin(), modules.end());
  Error error = sources_written(
      fmt::format("{}: building {} wrote into its own sources", unproven.message, first_few(names)), names);
  error.code = unproven.code;
  error.fix = error.fix.then(unproven.fix);
  return error;
}

Error sources_written(const std::string& what, const std::vector<std::string>& module_paths) {
  std::string entries;
  for (const auto& path : module_paths) {
    entries += fmt::format(R"({}"{}": {{"build": {{"copy": true}}}})", entries.empty() ? "" : ", ", path);
  }
  const std::string message =
      fmt::format("{}; it is to be built from a copy of them, in modtool.json:\n\"describe\": {{{}}}", what, entries);
  return Error{.code = Code::kDependencyFailed, .message = message}.with(Fix::modtool("tidy"));
}

}  // namespace modtool::build
