// Which import paths belong to Go's standard library. Only its names are known here (those of Go 1.26), which is
// enough: its packages are never vendored and import nothing beyond it.
#pragma once

#include <string_view>

namespace modtool::packages {

bool is_standard_package(std::string_view import_path);

// Whether the path is of the kind kept for the standard library: no dot in its first element.
bool looks_standard(std::string_view import_path);

}  // namespace modtool::packages
