// The patches that a project applies to a module while it vendors it.
#pragma once

#include <functional>
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

// The patches of a module, by what stands in for it (evidence.hpp: its anchor); nullptr: none. The function may be
// null, which is none for all. What it gives outlives its users; it may be called from several threads.
using PatchesOf = std::function<const PatchSet*(const module::ModuleVersion& anchor)>;

// The tree of an anchor with its patches, if it has any.
Result<std::shared_ptr<const module::ProvenTree>> apply_patches(std::shared_ptr<const module::ProvenTree> tree,
                                                                const module::ModuleVersion& anchor,
                                                                const PatchesOf& patches);

using TreeOpener = std::function<Result<std::shared_ptr<const module::ModuleTree>>(const module::ModuleVersion&)>;

// Opens trees with their patches applied.
TreeOpener patching_opener(TreeOpener open,
                           std::function<module::ModuleVersion(const module::ModuleVersion&)> anchor_of,
                           PatchesOf patches);

}  // namespace modtool::patch
