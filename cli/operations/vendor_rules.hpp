// What vendor_tool must be told of a project and its dialect.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/patch/patch_set.hpp"
#include "core/project/project.hpp"
#include "vendor_tool/proof/block_proof.hpp"
#include "vendor_tool/proof/index_proof.hpp"

namespace modtool::cli {

// The project outlives the rule.
vendor_tool::ModuleRule module_rule(const project::Project& project);

// The go version that modules.txt says of a module; null where it says none of any.
vendor_tool::GoLineOf go_line_rule(const manifest::Dialect& dialect, const manifest::Manifest& main);

// The tree of a directory that replaces a module; Code::kFileNotFound where it is not there.
Result<std::shared_ptr<const module::ModuleTree>> open_replacement(const io::FileReader& files,
                                                                   const project::Project& project,
                                                                   const std::string& directory);

// The patches of a project's modules, by path. Directories that replace modules are taken as they are.
class ProjectPatches {
 public:
  // Reads and parses the files that the manifest names; errors are theirs.
  static Result<ProjectPatches> load(const io::FileReader& files, const project::Project& project);

  // For use while this lives; null where the project patches nothing.
  patch::PatchesOf by_anchor() const;

 private:
  std::map<std::string, patch::PatchSet, std::less<>> sets_;
};

}  // namespace modtool::cli
