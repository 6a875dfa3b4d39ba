// Sources whose modules a lock can record: it holds where a module was found, so that the next run finds the same. Git
// repositories and archives are two of them; a lock's maker asks nothing else.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/manifest/lock.hpp"
#include "core/source/module_source.hpp"

namespace modtool::source {

// A module version as it was found: what a lock records of it, and its files.
struct FoundModule {
  manifest::GitPin git;                            // without a commit for a module that is not in Git
  std::string archive;                             // URL, for a module from an archive
  std::vector<manifest::SubmodulePin> submodules;  // whose files belong to the module
  std::size_t submodules_left_out = 0;
  std::vector<std::string> links_left_out;  // "name -> target", sorted
  std::vector<std::string> omitted;         // names of files that the description leaves out, sorted
  bool is_unstripped = false;               // the one directory of its archive is part of the names
  std::shared_ptr<const module::ModuleTree> files;
};

class LockingSource : public ModuleSource {
 public:
  // Where a version is found, the locked place where there is one, with the module's files. What a lock records never
  // changes: Code::kRefMoved, kCommitGone and kChecksumMismatch where it would.
  virtual Result<FoundModule> find_module(const module::ModuleVersion& module) = 0;
  // Whether a locked version still is at its origin what was locked: asks the origin, also where the files are at hand.
  // Code::kRefMoved with both commits, kCommitGone, kChecksumMismatch.
  virtual Result<void> check_upstream(const module::ModuleVersion& module) = 0;
  // Equal for two paths that lead to one place. Asks no repository.
  virtual Result<std::string> identity(const std::string& path) = 0;
};

}  // namespace modtool::source
