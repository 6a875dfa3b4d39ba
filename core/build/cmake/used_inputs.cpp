#include "core/build/cmake/used_inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/base/sha256.hpp"
#include "core/base/text.hpp"
#include "core/build/cmake/failure_watch.hpp"
#include "core/build/cmake/file_api.hpp"
#include "core/build/inputs/foreign_inputs.hpp"
#include "core/build/names.hpp"

namespace modtool::build {
namespace {

// In the build directory: what the last look found, and of what.
constexpr std::string_view kVerdictFile = ".modtool-inputs";
// What the provider says of the modules' include directories: `path@version|directory`, a line each.
constexpr std::string_view kProvidedFile = "_modtool/provided";
constexpr std::string_view kNinjaLog = ".ninja_deps";

// The logs of compilers: what is to be read, and whether all of them are there.
struct Logs {
  std::string state;                  // changes when they do
  std::vector<std::string> depfiles;  // of make, absolute
  bool is_ninja = false;
  std::string unread;  // an object without a log; empty: none
};

class InputCheck {
 public:
  InputCheck(const BuildRequest& request, const Runner& runner, io::FileSystem& files,
             const std::string& build_directory)
      : request_(request), runner_(runner), files_(files), build_directory_(build_directory) {}

  Result<void> check() {
    MODTOOL_TRY(const Logs logs, find_logs());
    const std::string record = in_build(kVerdictFile);
    MODTOOL_TRY(const auto before, files_.read(record).if_there());
    if (before && before->starts_with(logs.state + "\n")) return tell(before->substr(logs.state.size() + 1));
    MODTOOL_TRY(const std::string verdict, look(logs));
    MODTOOL_CHECK(files_.write_unsynced(record, logs.state + "\n" + verdict));
    return tell(verdict);
  }

 private:
  std::string in_build(std::string_view name) const { return io::join_path(build_directory_, name); }

  Result<std::string> state_of(std::string_view name) const {
    MODTOOL_TRY(const auto info, files_.stat(in_build(name)).if_there());
    return info ? fmt::format("{}:{} ", info->size, info->modified_ns) : std::string("- ");
  }

  Result<Logs> find_logs() const {
    Logs logs;
    MODTOOL_TRY(const auto ninja, files_.stat(in_build("build.ninja")).if_there());
    logs.is_ninja = ninja.has_value();
    std::string text = plan_text();
    for (const auto name :
         {std::string_view(kProvidedFile), std::string_view(kNinjaLog), std::string_view("build.ninja"),
          std::string_view("CMakeCache.txt"), std::string_view("Makefile")}) {
      MODTOOL_TRY(const std::string state, state_of(name));
      text += state;
    }
    MODTOOL_TRY(const auto log, files_.stat(in_build(kNinjaLog)).if_there());
    if (!logs.is_ninja || !log) MODTOOL_CHECK(walk(build_directory_, false, logs, text));
    logs.state = to_hex(sha256(text));
    return logs;
  }

  std::string plan_text() const {
    std::string text = fmt::format("1 {}\n", fmt::join(request_.plan.allowed, " "));
    for (const auto& module : request_.plan.modules) {
      text += fmt::format("{} {}\n", to_string(module.module), fmt::join(module.recipe.names, " "));
    }
    return text;
  }

  // Objects and depfiles, which lie in the directories `CMakeFiles/*.dir`.
  Result<void> walk(const std::string& directory, bool has_objects, Logs& logs, std::string& text) const {
    MODTOOL_TRY(const auto entries, files_.list(directory).if_there());
    if (!entries) return {};
    std::set<std::string> names;
    for (const auto& entry : *entries) names.insert(entry.name);
    for (const auto& entry : *entries) {
      const std::string path = io::join_path(directory, entry.name);
      if (entry.kind == io::FileKind::kDirectory) {
        const bool is_objects = has_objects || (directory.ends_with("/CMakeFiles") && entry.name.ends_with(".dir"));
        MODTOOL_CHECK(walk(path, is_objects, logs, text));
      } else if (has_objects && entry.name.ends_with(".o")) {
        const bool is_assembly = entry.name.ends_with(".s.o") || entry.name.ends_with(".asm.o");
        if (!is_assembly && !names.contains(entry.name + ".d")) logs.unread = path;
      } else if (has_objects && entry.name.ends_with(".o.d")) {
        MODTOOL_TRY(const auto info, files_.stat(path).if_there());
        if (!info) continue;
        text += fmt::format("{}:{} ", info->size, info->modified_ns);
        logs.depfiles.push_back(path);
      }
    }
    return {};
  }

  // Lines: what was found and what is to be changed, in turns; or one that tells what could not be looked at.
  Result<std::string> look(const Logs& logs) const {
    if (!logs.unread.empty()) {
      return fmt::format("?the compiler has not noted what it read for {}\n", logs.unread);
    }
    BuildInputs inputs;
    if (logs.is_ninja) {
      MODTOOL_TRY(const auto log, files_.read(in_build(kNinjaLog)).if_there());
      auto read = log ? read_ninja_log(*log) : std::vector<ReadFile>();
      if (!read) return fmt::format("?{}\n", read.error().message);
      inputs.read = std::move(*read);
    }
    for (const auto& depfile : logs.depfiles) {
      MODTOOL_TRY(const auto text, files_.read(depfile).if_there());
      for (auto& read : read_depfile(text.value_or(""))) inputs.read.push_back(std::move(read));
    }
    auto targets = read_targets(files_, build_directory_);
    if (!targets) return fmt::format("?CMake has not told its targets: {}\n", targets.error().message);
    MODTOOL_TRY(const auto outputs, outputs_of(*targets));
    for (const auto& target : *targets) {
      inputs.include_directories.insert(target.includes.begin(), target.includes.end());
      for (const auto& fragment : target.linked) {
        for (const auto word : split_fields(fragment)) inputs.linked.push_back({std::string(word), target.name});
      }
    }
    MODTOOL_TRY(const auto found, find_foreign_inputs(request_, build_directory_, inputs, outputs, files_));
    std::string verdict;
    for (const auto& input : found) verdict += fmt::format("{}\n{}\n", input.message, input.change);
    return verdict;
  }

  std::string absolute(const std::string& path) const {
    return io::clean_path(io::is_absolute(path) ? path : io::join_path(request_.root, path));
  }

  // What is known of each module: from the provider, from its own targets, and where headers usually are.
  Result<std::vector<ModuleOutputs>> outputs_of(const std::vector<BuiltTarget>& targets) const {
    std::vector<ModuleOutputs> outputs;
    for (const auto& module : request_.plan.modules) {
      const std::string directory = absolute(module.directory);
      outputs.push_back({.module = &module,
                         .include_directories = {io::join_path(directory, "include")},
                         .libraries = {std::string(last_element(module.module.path))}});
      outputs.back().libraries.insert(module.recipe.names.begin(), module.recipe.names.end());
      for (const auto& headers : module.recipe.header_only) {
        outputs.back().include_directories.push_back(io::clean_path(io::join_path(directory, headers)));
      }
    }
    const auto outputs_for = [&](const PlannedModule* module) -> ModuleOutputs* {
      const auto found = std::ranges::find(outputs, module, &ModuleOutputs::module);
      return found == outputs.end() ? nullptr : &*found;
    };
    for (const auto& target : targets) {
      auto* output = outputs_for(module_at(target.source_directory, request_.plan));
      const bool is_library = target.type.ends_with("_LIBRARY");
      for (const auto& artifact : target.artifacts) {
        const std::string name = io::base_name(artifact);
        if (output == nullptr || !is_library || !name.starts_with("lib")) continue;
        output->libraries.insert(name.substr(3, name.find('.') - 3));
      }
      for (const auto& include : target.includes) {
        if (auto* offering = outputs_for(module_at(include, request_.plan)))
          offering->include_directories.push_back(include);
      }
    }
    MODTOOL_TRY(const auto provided, files_.read(in_build(kProvidedFile)).if_there());
    for (const auto line : split_lines(provided.value_or(""))) {
      const auto bar = line.find('|');
      for (auto& output : outputs) {
        if (bar == line.npos || to_string(output.module->module) != line.substr(0, bar)) continue;
        output.include_directories.emplace_back(line.substr(bar + 1));
      }
    }
    return outputs;
  }

  Result<void> tell(std::string_view verdict) const {
    const auto lines = split_lines(verdict);
    if (lines.empty()) return {};
    if (lines[0].starts_with('?')) {
      const std::string message = fmt::format("what was compiled could not be looked at: {}", lines[0].substr(1));
      if (request_.strict) return fail(Code::kForeignInput, message);
      runner_.note("modtool: warning: " + message);
      return {};
    }
    if (request_.strict) {
      return fail(Code::kForeignInput, fmt::format("{}\nchange {}", lines[0], lines.size() > 1 ? lines[1] : ""));
    }
    for (std::size_t i = 0; i + 1 < lines.size(); i += 2) {
      runner_.note(fmt::format("modtool: warning: {}", lines[i]));
      runner_.note(fmt::format("  change: {}", lines[i + 1]));
    }
    return {};
  }

  const BuildRequest& request_;
  const Runner& runner_;
  io::FileSystem& files_;
  const std::string& build_directory_;
};

}  // namespace

Result<void> check_inputs(const BuildRequest& request, const Runner& runner, io::FileSystem& files,
                          const std::string& build_directory) {
  return InputCheck(request, runner, files, build_directory).check();
}

}  // namespace modtool::build
