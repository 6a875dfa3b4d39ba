#include "vendor_tool/plan/vendor_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/base/text.hpp"
#include "core/io/file_system.hpp"
#include "core/module/name_collisions.hpp"
#include "core/module/path.hpp"

namespace modtool::vendor_tool {
namespace {

// Collects the problems of a request, so that all of them are told at once.
class Planner {
 public:
  explicit Planner(const VendorRequest& request) : request_(request) {}

  Result<VendorPlan> plan() {
    take_index();
    check_replacements();
    check_case_collisions();
    for (std::uint32_t i = 0; i < request_.modules.size(); ++i) place_module(i);
    for (std::uint32_t i = 0; i < request_.modules.size(); ++i) place_added(i);
    take_directories();
    check_files_against_directories();
    if (!problems_.empty()) return failure();
    return std::move(plan_);
  }

 private:
  void report(Code code, std::string message) {
    problems_.push_back(Error{.code = code, .message = std::move(message)});
  }

  std::unexpected<Error> failure() {
    if (problems_.size() == 1) return fail(std::move(problems_.front()));
    Error all = problems_.front();
    all.problems = std::move(problems_);
    return fail(std::move(all));
  }

  void take_index() {
    manifest::ModulesTxt index{.workspace = request_.workspace, .modules = {}, .unused_replacements = {}};
    for (const auto& module : request_.modules) index.modules.push_back(module.index);
    index.unused_replacements = request_.unused_replacements;
    plan_.modules_txt = manifest::format_modules_txt(index);
    plan_.modules = std::move(index.modules);
  }

  void check_replacements() {
    std::vector<module::ModuleVersion> replacements;
    replacements.reserve(plan_.modules.size() + request_.unused_replacements.size());
    for (const auto& module : plan_.modules) replacements.push_back(module.replacement);
    for (const auto& module : request_.unused_replacements) replacements.push_back(module.replacement);
    const auto is_vendored = [&](const module::ModuleVersion& replacement) {
      return !replacement.path.empty() && has_path_prefix(io::clean_path(replacement.path), request_.directory);
    };
    // The first is enough: the one replacement may be listed for a version and for all of them.
    const auto found = std::ranges::find_if(replacements, is_vendored);
    if (found == replacements.end()) return;
    report(Code::kReplacementMissing, fmt::format("replacement path {} inside vendor directory", found->path));
  }

  void check_case_collisions() {
    module::PathCollisions paths;
    for (const auto& module : plan_.modules) {
      if (module.packages.empty()) continue;
      const std::string& path = module.module.path;
      const auto other = paths.add(path);
      if (!other) continue;
      report(Code::kImportCollision,
             fmt::format("case-insensitive import collision: {} and {}", quote(path), quote(*other)));
    }
  }

  void place_module(std::uint32_t position) {
    const RequestedModule& module = request_.modules[position];
    const std::string& path = module.index.module.path;
    if (module.files.empty() && module.directories.empty()) return;
    if (auto good = module::check_import_path(path); !good) {
      problems_.push_back(std::move(good).error());
      return;
    }
    for (const auto& name : module.files) place_file(position, path, name);
    for (const auto& name : module.directories) place_directory(path, name);
  }

  void place_file(std::uint32_t position, const std::string& path, const std::string& name, bool is_added = false) {
    if (auto good = module::check_file_path(name); !good) {
      problems_.push_back(std::move(good).error().in("vendoring " + path));
      return;
    }
    std::string destination = destination_of(path, name);
    PlannedFile file{.destination = destination, .module = position, .name = name, .is_added = is_added};
    files_.insert_or_assign(std::move(destination), std::move(file));
  }

  // In the place of no other file.
  void place_added(std::uint32_t position) {
    const RequestedModule& module = request_.modules[position];
    for (const auto& name : module.added) {
      const std::string& path = module.index.module.path;
      if (!files_.contains(destination_of(path, name))) place_file(position, path, name, true);
    }
  }

  void place_directory(const std::string& path, const std::string& name) {
    if (name.empty()) {
      directories_.insert(path);
      return;
    }
    if (auto good = module::check_file_path(name); !good) {
      problems_.push_back(std::move(good).error().in("vendoring " + path));
      return;
    }
    directories_.insert(destination_of(path, name));
  }

  void take_directories() {
    for (const auto& [destination, file] : files_) add_parents(destination);
    const std::set<std::string> asked = directories_;
    for (const auto& directory : asked) add_parents(directory);
    plan_.directories.assign(directories_.begin(), directories_.end());
    for (auto& [destination, file] : files_) plan_.files.push_back(std::move(file));
  }

  void add_parents(std::string_view name) {
    for (auto slash = name.rfind('/'); slash != std::string_view::npos; slash = name.rfind('/')) {
      name = name.substr(0, slash);
      if (!directories_.emplace(name).second) return;
    }
  }

  void check_files_against_directories() {
    if (directories_.contains(std::string(kModulesTxt))) {
      report(Code::kFileExists, "a module's files would take the place of vendor/modules.txt");
    }
    for (const auto& file : plan_.files) {
      if (!directories_.contains(file.destination)) continue;
      report(Code::kFileExists, fmt::format("`{}` of {} would be a file and a directory in vendor/", file.name,
                                            module::to_string(plan_.modules[file.module].module)));
    }
  }

  const VendorRequest& request_;
  VendorPlan plan_;
  std::map<std::string, PlannedFile> files_;
  std::set<std::string> directories_;
  std::vector<Error> problems_;
};

}  // namespace

Result<VendorPlan> plan_vendor(const VendorRequest& request) { return Planner(request).plan(); }

Result<VendorTrees> open_planned_trees(const VendorPlan& plan, manifest::Modules& modules) {
  VendorTrees trees(plan.modules.size());
  for (const auto& file : plan.files) {
    auto& tree = trees[file.module];
    if (tree) continue;
    const auto& module = plan.modules[file.module].module;
    auto opened = modules.tree(module);
    if (!opened) return fail_in(std::move(opened), "reading " + module::to_string(module));
    tree = std::move(*opened);
  }
  return trees;
}

const PlannedFile* find_planned(const VendorPlan& plan, std::string_view destination) {
  const auto found = std::ranges::lower_bound(plan.files, destination, {}, &PlannedFile::destination);
  return found != plan.files.end() && found->destination == destination ? &*found : nullptr;
}

bool is_planned_directory(const VendorPlan& plan, std::string_view directory) {
  return std::ranges::binary_search(plan.directories, directory, {},
                                    [](const std::string& name) -> std::string_view { return name; });
}

std::string destination_of(std::string_view module_path, std::string_view name) {
  return fmt::format("{}/{}", module_path, name);
}

}  // namespace modtool::vendor_tool
