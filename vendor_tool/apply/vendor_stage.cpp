#include "vendor_tool/apply/vendor_stage.hpp"

#include <utility>

namespace modtool::vendor_tool {
namespace {

// For file systems that cannot exchange: the old tree moves into the stage, the new one out of it.
Result<void> replace_by_moving(io::FileSystem& files, const VendorStage& stage) {
  MODTOOL_CHECK(files.rename(stage.target(), stage.old()));
  auto moved = files.rename(stage.tree(), stage.target());
  if (moved) return {};
  if (auto back = files.rename(stage.old(), stage.target()); !back) {
    return fail(std::move(moved.error()).with(Fix::command({"mv", stage.old(), stage.target()})));
  }
  return moved;
}

}  // namespace

VendorStage::VendorStage(VendorPlace place, std::string directory)
    : place_(std::move(place)), directory_(std::move(directory)) {}

std::string VendorStage::tree() const { return io::join_path(directory_, "tree"); }
std::string VendorStage::sums() const { return io::join_path(directory_, "sums"); }
std::string VendorStage::drop() const { return io::join_path(directory_, "drop"); }
std::string VendorStage::old() const { return io::join_path(directory_, "old"); }
std::string VendorStage::marker_in_tree() const { return io::join_path(tree(), kStagedMarker); }
std::string VendorStage::marker_in_target() const { return io::join_path(target(), kStagedMarker); }
std::string VendorStage::marker_text() const { return io::base_name(directory_) + "\n"; }

std::string stage_parent(const std::string& target) { return io::directory_of(target); }
std::string stage_prefix(const std::string& target) { return "." + io::base_name(target) + ".tmp-"; }

Result<void> commit_tree(io::FileSystem& files, const VendorStage& stage) {
  MODTOOL_TRY(const auto old, files.lstat(stage.target()).if_there());
  if (!old) return files.rename(stage.tree(), stage.target());
  auto exchanged = files.exchange(stage.tree(), stage.target());
  if (exchanged || exchanged.error().code != Code::kNotSupported) return exchanged;
  return replace_by_moving(files, stage);
}

Result<void> commit_removal(io::FileSystem& files, const VendorStage& stage) {
  MODTOOL_TRY(const auto old, files.lstat(stage.target()).if_there());
  if (!old) return {};
  return files.rename(stage.target(), stage.old());
}

Result<void> finish(io::FileSystem& files, const VendorStage& stage) {
  MODTOOL_TRY(const auto sums, files.lstat(stage.sums()).if_there());
  MODTOOL_TRY(const auto drop, files.lstat(stage.drop()).if_there());
  if (sums) MODTOOL_CHECK(files.rename(stage.sums(), stage.sums_target()));
  if (drop) MODTOOL_CHECK(files.remove_all(stage.sums_target()));
  MODTOOL_CHECK(files.remove_all(stage.marker_in_target()));
  return files.remove_all(stage.directory());
}

}  // namespace modtool::vendor_tool
