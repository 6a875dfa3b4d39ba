// How messages call a file.
#pragma once

#include <string>

namespace modtool::manifest {

struct FileName {
  std::string shown;      // as short as the go command shows it: "go.mod"
  std::string full = {};  // where it says the whole path; empty: as shown

  const std::string& whole() const { return full.empty() ? shown : full; }
};

}  // namespace modtool::manifest
