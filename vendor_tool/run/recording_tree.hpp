// What the planning of a vendor directory looked at: which modules' trees, and which of their files.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/manifest/usage.hpp"
#include "core/module/module_tree.hpp"
#include "core/module/module_version.hpp"
#include "vendor_tool/proof/sums_collect.hpp"

namespace modtool::vendor_tool {

// Stands between an analysis and the trees it opens, and notes what it reads. All functions may be called from several
// threads at once.
class TreeRecorder {
 public:
  explicit TreeRecorder(manifest::TreeOpener open);
  ~TreeRecorder();

  // Opens trees through the recorder. It and the trees it gives are for use while the recorder lives.
  manifest::TreeOpener opener();
  // What was opened without failure so far, sorted by module.
  std::vector<TreeRecord> records() const;

 private:
  class Tree;
  Result<std::shared_ptr<const module::ModuleTree>> open(const module::ModuleVersion& module);

  manifest::TreeOpener open_;
  mutable std::mutex mutex_;
  std::map<module::ModuleVersion, std::shared_ptr<Tree>> trees_;
};

}  // namespace modtool::vendor_tool
