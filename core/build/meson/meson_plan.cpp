#include "core/build/meson/meson_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/text.hpp"
#include "core/build/cmake/cmake_text.hpp"
#include "core/build/meson/meson_text.hpp"
#include "core/build/names.hpp"

namespace modtool::build {
namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string variable_for(std::string name) {
  std::ranges::replace(name, '-', '_');
  return name + "_dep";
}

// What is read of a library at most: more than any has.
constexpr std::size_t kMostFiles = 500;

// Reads a library's meson.build with those that it runs by subdir(), each of which may be in the overlay.
class MesonReader {
 public:
  MesonReader(const PlannedModule& module, const SourceReader& read) : module_(module), read_(read) {}

  MesonFile read_all(std::string_view text) {
    MesonFile file = read_meson_file(text);
    for (const auto& subdir : file.subdirs) add("", subdir);
    for (const auto& other : others_) {
      file.overrides.insert(file.overrides.end(), other.overrides.begin(), other.overrides.end());
      file.variables.insert(file.variables.end(), other.variables.begin(), other.variables.end());
      file.libraries.insert(file.libraries.end(), other.libraries.begin(), other.libraries.end());
      file.pc_files.insert(file.pc_files.end(), other.pc_files.begin(), other.pc_files.end());
    }
    return file;
  }

 private:
  // What Meson would not take as a name is passed over: it would lead elsewhere, or in circles.
  void add(const std::string& above, const std::string& subdir) {
    const auto is_strange = [](std::string_view element) {
      return element.empty() || element == "." || element == "..";
    };
    if (std::ranges::any_of(split(subdir, '/'), is_strange)) return;
    const std::string directory = above + "/" + subdir;
    const std::string text = read_text(directory + "/meson.build");
    if (text.empty() || seen_.size() >= kMostFiles || !seen_.insert(directory).second) return;
    auto file = read_meson_file(text);
    const auto subdirs = file.subdirs;
    others_.push_back(std::move(file));
    for (const auto& below : subdirs) add(directory, below);
  }

  std::string read_text(const std::string& name) const {
    std::string text = module_.overlay.empty() ? std::string() : read_(module_.overlay + name);
    return text.empty() ? read_(module_.directory + name) : text;
  }

  const PlannedModule& module_;
  const SourceReader& read_;
  std::set<std::string> seen_;
  std::vector<MesonFile> others_;
};

// A module on the way to its Subproject, whose names others may claim.
class Candidate {
 public:
  Candidate(const PlannedModule& module, const SourceReader& read) : element_(last_element(module.module.path)) {
    result_.module = &module;
    choose_kind(module, read);
    result_.libraries = file_.libraries;
    result_.pc_files = file_.pc_files;
    const auto& meson = module.recipe.meson;
    is_described_ = !meson.names.empty() || !meson.provide.empty();
    if (is_described_) {
      take_described(meson);
    } else {
      make_up_names(module, read);
    }
  }

  NameClaim claim() const { return {.module = result_.module, .names = result_.names, .is_described = is_described_}; }

  // With the names that it may keep.
  Subproject finish(std::vector<std::string> names) && {
    result_.names = std::move(names);
    std::erase_if(result_.variables, [&](const auto& entry) { return !contains(result_.names, entry.first); });
    if (!contains(result_.names, result_.name)) result_.name = whole_path();
    return std::move(result_);
  }

 private:
  void choose_kind(const PlannedModule& module, const SourceReader& read) {
    using enum SubprojectKind;
    const std::string& directory = module.overlay.empty() ? module.directory : module.overlay;
    const std::string text = read(directory + "/meson.build");
    if (!module.recipe.header_only.empty()) {
      result_.kind = kHeaders;
    } else if (!text.empty()) {
      result_.kind = module.overlay.empty() ? kSources : kOverlay;
      file_ = MesonReader(module, read).read_all(text);
    } else if (!read(cmake_directory(module) + "/CMakeLists.txt").empty()) {
      result_.kind = kCMake;
    }
  }

  void add(const std::string& name) {
    if (is_subproject_name(name) && !contains(result_.names, name)) result_.names.push_back(name);
  }

  void take_described(const MesonRecipe& meson) {
    for (const auto& name : meson.names) add(name);
    for (const auto& [name, variable] : meson.provide) add(name);
    result_.variables = meson.provide;
    result_.name = result_.names.front();
  }

  void make_up_names(const PlannedModule& module, const SourceReader& read) {
    result_.name = is_subproject_name(file_.project) ? file_.project : element_;
    if (result_.kind == SubprojectKind::kNone) return;
    add(result_.name);
    if (result_.kind == SubprojectKind::kHeaders || result_.kind == SubprojectKind::kCMake) {
      for (const auto& name : module.recipe.names) add(name);
      if (module.recipe.names.empty()) add(project_name_of(read(cmake_directory(module) + "/CMakeLists.txt")));
      return;
    }
    for (const auto& name : file_.overrides) add(name);
    for (const auto& name : std::set{file_.project, element_}) {
      const std::string variable = variable_for(name);
      if (contains(file_.overrides, name) || !contains(file_.variables, variable)) continue;
      add(name);
      result_.variables.emplace_back(name, variable);
    }
  }

  // For one whose name belongs to another.
  std::string whole_path() const {
    std::string name = result_.module->module.path;
    std::ranges::replace_if(name, [](char c) { return !is_name_character(c); }, '-');
    return name;
  }

  std::string element_;
  MesonFile file_;
  bool is_described_ = false;
  Subproject result_;
};

}  // namespace

Result<std::vector<Subproject>> plan_subprojects(const BuildPlan& plan, const SourceReader& read) {
  std::vector<Candidate> candidates;
  std::vector<NameClaim> claims;
  claims.reserve(plan.modules.size());
  for (const auto& module : plan.modules) {
    claims.push_back(candidates.emplace_back(module, read).claim());
  }
  MODTOOL_CHECK(settle_names(claims, R"("meson": {"names": […]})"));
  std::vector<Subproject> subprojects;
  subprojects.reserve(claims.size());
  for (std::size_t i = 0; i < claims.size(); ++i) {
    subprojects.push_back(std::move(candidates[i]).finish(std::move(claims[i].names)));
  }
  return subprojects;
}

bool is_subproject_name(std::string_view name) {
  return !name.empty() && name[0] != '.' && name[0] != '-' && std::ranges::all_of(name, is_name_character);
}

bool is_copied(const Subproject& subproject) {
  const bool has_sources = subproject.kind == SubprojectKind::kSources || subproject.kind == SubprojectKind::kOverlay;
  return has_sources && subproject.module->recipe.copy;
}

std::string directory_of(const Subproject& subproject) {
  return fmt::format("{}-{}", subproject.name, subproject.module->module.version);
}

}  // namespace modtool::build
