// The stage beside a vendor directory: its names, its commit, and what a run that was ended left of it. Internal to
// vendor_apply, whose header tells the protocol.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"
#include "vendor_tool/apply/vendor_apply.hpp"

namespace modtool::vendor_tool {

// Where things are while a vendor directory is replaced. Plain paths; owns nothing on disk.
class VendorStage {
 public:
  // `directory` is the stage's own path.
  VendorStage(VendorPlace place, std::string directory);

  const std::string& target() const { return place_.target; }
  const std::string& directory() const { return directory_; }
  std::string tree() const;
  std::string sums() const;
  std::string drop() const;
  std::string old() const;
  // The marker inside the staged tree, and where it is after the commit.
  std::string marker_in_tree() const;
  std::string marker_in_target() const;
  // What the marker says: the stage's name.
  std::string marker_text() const;
  // modtool.sums where it is to be.
  const std::string& sums_target() const { return place_.sums; }

 private:
  VendorPlace place_;
  std::string directory_;
};

// The directory that holds `target`, and how the names of its stages begin.
std::string stage_parent(const std::string& target);
std::string stage_prefix(const std::string& target);

// The commit: puts the staged tree in the target's place. On failure the old state is back.
Result<void> commit_tree(io::FileSystem& files, const VendorStage& stage);
// The commit of "nothing to vendor": takes the target away.
Result<void> commit_removal(io::FileSystem& files, const VendorStage& stage);
// What follows a commit: modtool.sums takes its place (or goes), the marker and the stage are removed.
Result<void> finish(io::FileSystem& files, const VendorStage& stage);

}  // namespace modtool::vendor_tool
