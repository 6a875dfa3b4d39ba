// The vendor directory under examination: where it is, and how people call it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/io/file_system.hpp"

namespace modtool::vendor_tool {

struct VendorDirectory {
  // Called by its last element, unless said otherwise.
  VendorDirectory(std::string where) : path(std::move(where)), name(io::base_name(path)) {}  // NOLINT: a path is enough
  VendorDirectory(std::string where, std::string called) : path(std::move(where)), name(std::move(called)) {}

  // What stands below it, for messages: "vendor/a.org/x".
  std::string show(std::string_view relative) const { return io::join_path(name, relative); }

  // The first directory between the project's root and the vendor directory that is there and is none of its own: a
  // link would have files of other places read and replaced. Empty: all are.
  Result<std::string> linked_parent(const io::FileReader& files) const;

  std::string path;
  std::string name;  // from the project's root
};

}  // namespace modtool::vendor_tool
