#include "vendor_tool/vendor_walk.hpp"

#include <utility>
#include <vector>

namespace modtool::vendor_tool {
namespace {

class Walk {
 public:
  Walk(const io::FileReader& files, const std::string& vendor, const std::function<void(const VendorEntry&)>& visit,
       const std::function<bool(const std::string&)>& skip)
      : files_(files), vendor_(vendor), visit_(visit), skip_(skip) {}

  Result<void> directory(const std::string& path, const std::vector<io::DirectoryEntry>& entries) {
    for (const auto& entry : entries) {
      const std::string below = path.empty() ? entry.name : path + "/" + entry.name;
      if (entry.kind != io::FileKind::kDirectory) {
        visit_({.path = below, .kind = entry.kind});
      } else if (!skip_ || !skip_(below)) {
        MODTOOL_CHECK(subdirectory(below));
      }
    }
    return {};
  }

 private:
  Result<void> subdirectory(const std::string& path) {
    MODTOOL_TRY(const auto entries, files_.list_beneath(vendor_, path));
    visit_({.path = path, .kind = io::FileKind::kDirectory, .empty = entries.empty()});
    return directory(path, entries);
  }

  const io::FileReader& files_;
  const std::string& vendor_;
  const std::function<void(const VendorEntry&)>& visit_;
  const std::function<bool(const std::string&)>& skip_;
};

}  // namespace

Result<void> walk_vendor(const io::FileReader& files, const std::string& vendor, const std::string& start,
                         const std::function<void(const VendorEntry&)>& visit,
                         const std::function<bool(const std::string&)>& skip) {
  MODTOOL_TRY(const auto entries, files.list_beneath(vendor, start));
  return Walk(files, vendor, visit, skip).directory(start, entries);
}

}  // namespace modtool::vendor_tool
