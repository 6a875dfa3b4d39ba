// Names that become others on Windows, which cuts trailing dots and spaces off each element of a path. Go's rules for
// module zips refuse the dots and let the spaces pass (golang/go#80123), so `go.mod ` can hide behind `go.mod`.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::module {

// Refuses the names of a module's files where two become one on Windows, or one becomes `go.mod` at the root.
// Code::kZipRules, at the first of them. A rule of modtool's own: hashing and the drop-in face take names as they are.
Result<void> check_windows_names(const std::vector<std::string_view>& names);

// The same for what has a `name` each: a module's list of files, its h1 preimage.
template <class Files>
Result<void> check_names_on_windows(const Files& files) {
  std::vector<std::string_view> names;
  names.reserve(files.size());
  for (const auto& file : files) names.push_back(file.name);
  return check_windows_names(names);
}

}  // namespace modtool::module
