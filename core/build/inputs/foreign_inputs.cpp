#include "core/build/inputs/foreign_inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/build/names.hpp"
#include "core/build/source_copy.hpp"
#include "core/module/path.hpp"

namespace modtool::build {
namespace {

bool is_below(std::string_view path, std::string_view directory) {
  return path.size() > directory.size() && path.starts_with(directory) && path[directory.size()] == '/';
}

std::string absolute(const std::string& directory, const std::string& path) {
  return io::clean_path(io::is_absolute(path) ? path : io::join_path(directory, path));
}

// "z" of libz.a, libz.so, libz.so.1.2.13 and -lz; empty: no library.
std::string library_name(std::string_view file) {
  if (file.starts_with("-l")) return std::string(file.substr(2));
  std::string name = io::base_name(file);
  if (!name.starts_with("lib")) return {};
  for (const std::string_view ending : {".so", ".a"}) {
    const auto at = name.find(ending);
    const bool is_end = at != name.npos && (at + ending.size() == name.size() || name[at + ending.size()] == '.');
    if (is_end) return name.substr(3, at - 3);
  }
  return {};
}

class Comparison {
 public:
  Comparison(const BuildRequest& request, const std::string& build_directory, const BuildInputs& inputs,
             const std::vector<ModuleOutputs>& outputs, const io::FileReader& files)
      : request_(request), build_directory_(build_directory), inputs_(inputs), outputs_(outputs), files_(files) {
    own_ = {request.root, build_directory};
    for (const auto& module : request.plan.modules) {
      own_.push_back(absolute(request.root, module.directory));
      if (!module.overlay.empty()) own_.push_back(absolute(request.root, module.overlay));
    }
  }

  Result<std::vector<ForeignInput>> compare() {
    for (const auto& read : inputs_.read) MODTOOL_CHECK(look_at_header(read));
    for (const auto& linked : inputs_.linked) look_at_library(linked);
    return std::move(found_);
  }

 private:
  bool is_own(std::string_view path) const {
    return std::ranges::any_of(own_, [&](const std::string& directory) { return is_below(path, directory); });
  }

  bool is_allowed(const PlannedModule& module) const {
    return std::ranges::any_of(module.recipe.names, [&](const std::string& name) {
      return std::ranges::find(request_.plan.allowed, name) != request_.plan.allowed.end();
    });
  }

  // A directory that a compiler may have found it in: one that it was told of, or one of its own.
  bool is_include_directory(std::string_view directory) const {
    if (inputs_.include_directories.contains(std::string(directory))) return true;
    const auto parent = directory.substr(0, directory.rfind('/'));
    return directory.ends_with("/include") || (parent.ends_with("/include") && directory.contains("-linux-"));
  }

  Result<void> look_at_header(const ReadFile& read) {
    const std::string path = absolute(build_directory_, read.file);
    if (is_own(path)) return {};
    for (auto slash = path.rfind('/'); slash != path.npos && slash > 0; slash = path.rfind('/', slash - 1)) {
      if (!is_include_directory(std::string_view(path).substr(0, slash))) continue;
      const std::string included = path.substr(slash + 1);
      MODTOOL_TRY(const auto* owner, owner_of_header(included));
      if (owner == nullptr) continue;
      tell(*owner, true,
           fmt::format("`{}` was compiled with {}, and {} has {}", read.made, path, to_string(owner->module), included),
           "the target that compiles it: target_link_libraries(… {}), and no include directory before the module's");
      return {};
    }
    return {};
  }

  // The module that has such a header in a directory that it offers, or nullptr.
  Result<const PlannedModule*> owner_of_header(const std::string& included) {
    const std::string first = included.substr(0, included.find('/'));
    for (const auto& output : outputs_) {
      for (const auto& directory : output.include_directories) {
        MODTOOL_TRY(const auto* entries, entries_of(directory));
        if (!entries->contains(first)) continue;
        MODTOOL_TRY(const auto there, files_.stat(io::join_path(directory, included)).if_there());
        if (there && there->kind == io::FileKind::kRegular) return output.module;
      }
    }
    return nullptr;
  }

  Result<const std::set<std::string>*> entries_of(const std::string& directory) {
    const auto known = entries_.find(directory);
    if (known != entries_.end()) return &known->second;
    std::set<std::string>& names = entries_[directory];
    MODTOOL_TRY(const auto listed, files_.list(directory).if_such());
    if (listed) {
      for (const auto& entry : *listed) names.insert(entry.name);
    }
    return &names;
  }

  void look_at_library(const LinkedFile& linked) {
    const std::string name = library_name(linked.file);
    if (name.empty()) return;
    const bool is_path = !linked.file.starts_with("-l");
    if (is_path && is_own(absolute(build_directory_, linked.file))) return;
    for (const auto& output : outputs_) {
      if (!output.libraries.contains(name)) continue;
      tell(*output.module, false,
           fmt::format("`{}` was linked with {}, and {} builds that library", linked.target, linked.file,
                       to_string(output.module->module)),
           "the target that links it: target_link_libraries(… {})");
      return;
    }
  }

  void tell(const PlannedModule& module, bool is_header, std::string message, std::string_view change) {
    if (is_allowed(module) || !told_.insert({&module, is_header}).second) return;
    const std::string name(module.recipe.names.empty() ? std::string(last_element(module.module.path))
                                                       : module.recipe.names.front());
    const std::string target = module.recipe.aliases.empty() ? fmt::format("a target of find_package({})", name)
                                                             : module.recipe.aliases.front().first;
    found_.push_back(
        {std::move(message), fmt::format(fmt::runtime(change), target) +
                                 fmt::format(", or \"build\": {{\"allow\": [\"{}\"]}} in modtool.json", name)});
  }

  const BuildRequest& request_;
  const std::string& build_directory_;
  const BuildInputs& inputs_;
  const std::vector<ModuleOutputs>& outputs_;
  const io::FileReader& files_;
  std::vector<std::string> own_;
  std::map<std::string, std::set<std::string>> entries_;  // of include directories
  std::set<std::pair<const PlannedModule*, bool>> told_;
  std::vector<ForeignInput> found_;
};

}  // namespace

Result<std::vector<ForeignInput>> find_foreign_inputs(const BuildRequest& request, const std::string& build_directory,
                                                      const BuildInputs& inputs,
                                                      const std::vector<ModuleOutputs>& outputs,
                                                      const io::FileReader& files) {
  return Comparison(request, build_directory, inputs, outputs, files).compare();
}

}  // namespace modtool::build
