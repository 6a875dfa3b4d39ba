// Everything that is in a vendor directory, found without following links.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"

namespace modtool::vendor_tool {

struct VendorEntry {
  std::string path;  // relative to vendor/
  io::FileKind kind = io::FileKind::kRegular;
  bool empty = false;                 // of a directory: nothing at all is in it
  std::optional<Error> problem = {};  // of a directory: why it cannot be looked into; its entries are not visited
};

// Calls `visit` for every entry below vendor/<start> (`start` may be empty), hidden ones included: a directory before
// what is in it, siblings bytewise by name. Directories for which `skip` says so are passed over. Code::kFileNotFound
// where the start is absent; kSymbolicLink or kNotADirectory where it is no directory.
Result<void> walk_vendor(const io::FileReader& files, const std::string& vendor, const std::string& start,
                         const std::function<void(const VendorEntry&)>& visit,
                         const std::function<bool(const std::string&)>& skip = nullptr);

}  // namespace modtool::vendor_tool
