#include "vendor_tool/proof/vendor_directory.hpp"

namespace modtool::vendor_tool {

Result<std::string> VendorDirectory::linked_parent(const io::FileReader& files) const {
  const std::string root = path.substr(0, path.size() - name.size());
  for (auto slash = name.find('/'); slash != name.npos; slash = name.find('/', slash + 1)) {
    std::string parent = name.substr(0, slash);
    MODTOOL_TRY(const auto info, files.lstat(root + parent).if_there());
    if (info && info->kind != io::FileKind::kDirectory) return parent;
  }
  return std::string();
}

}  // namespace modtool::vendor_tool
