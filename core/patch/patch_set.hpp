// The patches that a project applies to a module while it vendors it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/module/module_version.hpp"
#include "core/module/proven_tree.hpp"
#include "core/patch/unified_diff.hpp"

namespace modtool::patch {

struct PatchFile {
  std::string name;  // for messages
  std::string text;
};

// Parsed patches, in the order in which they are applied; immutable.
class PatchSet {
 public:
  // Code::kPatchSyntax.
  static Result<PatchSet> parse(const std::vector<PatchFile>& files);

  // Whether a patch changes, makes or removes the file.
  bool touches(std::string_view name) const;

 private:
  struct Patch {
    std::string name;
    std::vector<FileDiff> diffs;
  };

  friend class PatchedTree;
  std::vector<Patch> patches_;
};

// The tree with the patches applied, which reads the files that they touch now. The hash of a patched file is that of
// the patched bytes. Code::kPatchFailed names patch and file where one does not fit.
Result<std::shared_ptr<const module::ProvenTree>> make_patched_tree(std::shared_ptr<const module::ProvenTree> original,
                                                                    const PatchSet& patches);

// The patches of a project's modules, by path. May be used from several threads at once.
class ModulePatches {
 public:
  void add(std::string path, PatchSet set) { sets_.insert_or_assign(std::move(path), std::move(set)); }
  // Those of what stands in for a module; nullptr: none. Directories are taken as they are.
  const PatchSet* find(const module::ModuleVersion& stand_in) const;

 private:
  std::map<std::string, PatchSet, std::less<>> sets_;
};

// The tree of what stands in for a module with its patches, if it has any.
Result<std::shared_ptr<const module::ProvenTree>> apply_patches(std::shared_ptr<const module::ProvenTree> tree,
                                                                const module::ModuleVersion& stand_in,
                                                                const ModulePatches& patches);

}  // namespace modtool::patch
