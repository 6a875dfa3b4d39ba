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

  void run(const std::string& start, std::vector<io::DirectoryEntry> entries) {
    open_.push_back({.path = start, .entries = std::move(entries)});
    while (!open_.empty()) {
      Level& level = open_.back();
      if (level.next == level.entries.size()) {
        open_.pop_back();
        continue;
      }
      const auto& entry = level.entries[level.next++];
      const std::string below = level.path.empty() ? entry.name : level.path + "/" + entry.name;
      if (entry.kind != io::FileKind::kDirectory) {
        visit_({.path = below, .kind = entry.kind});
      } else if (!skip_ || !skip_(below)) {
        enter(below);
      }
    }
  }

 private:
  // A directory that is being walked through. They are kept here and not on the stack: trees may be deep.
  struct Level {
    std::string path;
    std::vector<io::DirectoryEntry> entries;
    std::size_t next = 0;
  };

  void enter(const std::string& path) {
    auto entries = files_.list_beneath(vendor_, path).required();
    if (!entries) {
      visit_({.path = path, .kind = io::FileKind::kDirectory, .problem = std::move(entries).error()});
      return;
    }
    visit_({.path = path, .kind = io::FileKind::kDirectory, .empty = entries->empty()});
    open_.push_back({.path = path, .entries = std::move(*entries)});
  }

  const io::FileReader& files_;
  const std::string& vendor_;
  const std::function<void(const VendorEntry&)>& visit_;
  const std::function<bool(const std::string&)>& skip_;
  std::vector<Level> open_;
};

}  // namespace

Result<void> walk_vendor(const io::FileReader& files, const std::string& vendor, const std::string& start,
                         const std::function<void(const VendorEntry&)>& visit,
                         const std::function<bool(const std::string&)>& skip) {
  MODTOOL_TRY(auto entries, files.list_beneath(vendor, start).required());
  Walk(files, vendor, visit, skip).run(start, std::move(entries));
  return {};
}

}  // namespace modtool::vendor_tool
