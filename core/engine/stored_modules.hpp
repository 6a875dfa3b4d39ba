// The proven sources of a project's modules as directories in the store, for builds that need no vendor directory.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/reporter.hpp"
#include "core/engine/open_project.hpp"
#include "core/patch/patch_set.hpp"
#include "core/source/tree_store.hpp"

namespace modtool::engine {

// All it is made of outlives it.
class StoredModules {
 public:
  StoredModules(const Context& context, OpenProject& opened, const patch::ModulePatches& patches);

  // The directory of what stands in for a module, its files hashed against the lock now and made anew where they were
  // changed, which is told. `nested` are the directories that other modules are in, as in a vendor directory.
  // Code::kChecksumMissing, kChecksumMismatch, kBadSetting where there is no place for the store, and errors of the
  // source.
  Result<std::string> directory_of(const manifest::StandIn& stand_in, const std::vector<std::string>& nested);

 private:
  Result<source::StoredDirectory> place(const manifest::StandIn& stand_in, const std::vector<std::string>& nested);
  Result<manifest::Tree> proven_tree(const manifest::StandIn& stand_in, const std::string& h1);

  const Context& context_;
  OpenProject& opened_;
  const patch::ModulePatches& patches_;
  source::TreeStore store_;
  Task proving_;
};

}  // namespace modtool::engine
