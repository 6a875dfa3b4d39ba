#include "vendor_tool/proof/vendored_tree.hpp"

#include <algorithm>
#include <utility>

#include "vendor_tool/plan/vendor_plan.hpp"
#include "vendor_tool/proof/vendor_walk.hpp"

namespace modtool::vendor_tool {
namespace {

class VendoredTree : public module::ModuleTree {
 public:
  VendoredTree(const io::FileReader& files, std::string vendor, std::string module_path,
               std::vector<module::TreeFile> list)
      : files_(files), vendor_(std::move(vendor)), module_path_(std::move(module_path)), list_(std::move(list)) {}

  const std::vector<module::TreeFile>& list() const override { return list_; }
  Result<std::string> read(std::string_view name) const override {
    return files_.read_beneath(vendor_, destination_of(module_path_, name)).required();
  }

 private:
  const io::FileReader& files_;
  std::string vendor_;
  std::string module_path_;
  std::vector<module::TreeFile> list_;
};

}  // namespace

Result<std::shared_ptr<const module::ModuleTree>> open_vendored_tree(const io::FileReader& files,
                                                                     const std::string& vendor,
                                                                     const std::string& module_path,
                                                                     const std::vector<std::string>& others) {
  const auto is_other = [&](const std::string& directory) {
    return std::ranges::find(others, directory) != others.end();
  };
  std::vector<module::TreeFile> list;
  Result<void> looked;  // the first that cannot be looked at
  const auto take = [&](const VendorEntry& entry) {
    if (entry.problem && looked) looked = fail(*entry.problem);
    if (entry.kind != io::FileKind::kRegular) return;
    auto info = files.lstat(io::join_path(vendor, entry.path)).required();
    const bool executable = info && (info->mode & 0111) != 0;
    if (!info && looked) looked = fail(std::move(info).error());
    list.push_back({.name = entry.path.substr(module_path.size() + 1), .executable = executable});
  };
  auto walked = walk_vendor(files, vendor, module_path, take, is_other);
  if (!walked && !io::is_absence(walked.error())) return fail(std::move(walked.error()));
  MODTOOL_CHECK(looked);
  std::ranges::sort(list, {}, &module::TreeFile::name);
  return std::make_shared<VendoredTree>(files, vendor, module_path, std::move(list));
}

}  // namespace modtool::vendor_tool
