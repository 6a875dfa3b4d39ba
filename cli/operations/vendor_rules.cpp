#include "cli/operations/vendor_rules.hpp"

#include <utility>
#include <vector>

#include "core/project/input_error.hpp"
#include "core/resolve/lock_index.hpp"
#include "core/source/directory_tree.hpp"

namespace modtool::cli {
namespace {

using module::ModuleVersion;
using patch::PatchFile;
using patch::PatchSet;

Result<PatchSet> load_set(const io::FileReader& files, const project::Project& project,
                          const manifest::Description& description) {
  std::vector<PatchFile> patches;
  for (const auto& name : description.patches) {
    auto text = files.read(io::join_path(project.root, name));
    if (!text) return fail(project::input_error(std::move(text).error(), description.where));
    patches.push_back({.name = name, .text = std::move(*text)});
  }
  return PatchSet::parse(patches);
}

}  // namespace

vendor_tool::ModuleRule module_rule(const project::Project& project) {
  const manifest::Dialect& dialect = *project.dialect;
  vendor_tool::ModuleRule rule{
      .manifest_name = std::string(dialect.manifest_name()),
      .synthesise = [&dialect](const std::string& path) { return dialect.synthesise_manifest(path); },
      .directories_need_manifest = !dialect.manifest_is_optional()};
  if (dialect.locks_graph()) rule.no_checksum_hint = "modtool vendor";  // it was made for another lock
  if (dialect.keeps_modes()) {
    rule.executables = [lock = resolve::LockIndex(project.lock)](const ModuleVersion& module) {
      const auto* locked = lock.find(module);
      return locked == nullptr ? std::string() : locked->executables;
    };
  }
  return rule;
}

vendor_tool::GoLineOf go_line_rule(const manifest::Dialect& dialect, const manifest::Manifest& main) {
  if (!dialect.index_rules(main).names_languages) return nullptr;
  return [&dialect](std::string_view text) -> Result<std::string> {
    MODTOOL_TRY(auto summary, dialect.summarise(text, {.shown = std::string(dialect.manifest_name())}));
    return std::move(summary.language);
  };
}

Result<std::shared_ptr<const module::ModuleTree>> open_replacement(const io::FileReader& files,
                                                                   const project::Project& project,
                                                                   const std::string& directory) {
  using enum source::DirectoryModes;
  return source::open_directory_tree(files, project.path_of(directory), source::DirectoryKind::kReplacement,
                                     project.dialect->keeps_modes() ? kRead : kIgnored);
}

Result<ProjectPatches> ProjectPatches::load(const io::FileReader& files, const project::Project& project) {
  ProjectPatches patches;
  for (const auto& [path, description] : project.manifest.describe) {
    if (description.patches.empty()) continue;
    auto set = load_set(files, project, description);
    if (!set) return fail_in(std::move(set), "patches of " + path);
    patches.sets_.emplace(path, std::move(*set));
  }
  return patches;
}

patch::PatchesOf ProjectPatches::by_anchor() const {
  if (sets_.empty()) return nullptr;
  return [this](const ModuleVersion& anchor) -> const PatchSet* {
    const auto found = anchor.version.empty() ? sets_.end() : sets_.find(anchor.path);
    return found == sets_.end() ? nullptr : &found->second;
  };
}

}  // namespace modtool::cli
