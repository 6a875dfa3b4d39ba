#include "vendor_tool/proof/vendor_walk.hpp"

#include <utility>
#include <vector>

namespace modtool::vendor_tool {
namespace {

class Walk {
 public:
  Walk(const io::FileReader& files, const std::string& vendor, const std::function<void(const VendorEntry&)>& visit,
       const std::function<bool(const std::string&)>& skip)
      : files_(files), vendor_(vendor), visit_(visit), skip_(skip) {}

  void directory(const std::string& path, const std::vector<io::DirectoryEntry>& entries) {
    for (const auto& entry : entries) {
      const std::string below = path.empty() ? entry.name : path + "/" + entry.name;
      if (entry.kind != io::FileKind::kDirectory) {
        visit_({.path = below, .kind = entry.kind});
      } else if (!skip_ || !skip_(below)) {
        subdirectory(below);
      }
    }
  }

 private:
  void subdirectory(const std::string& path) {
    auto entries = files_.list_beneath(vendor_, path);
    if (!entries) {
      visit_({.path = path, .kind = io::FileKind::kDirectory, .problem = std::move(entries).error()});
      return;
    }
    visit_({.path = path, .kind = io::FileKind::kDirectory, .empty = entries->empty()});
    directory(path, *entries);
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
  Walk(files, vendor, visit, skip).directory(start, entries);
  return {};
}

}  // namespace modtool::vendor_tool
