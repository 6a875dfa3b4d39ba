// The patterns of a Go source file's `//go:embed` lines (pkg.go.dev/embed).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modtool::packages {

// In the order of the file. A line that cannot be understood counts for nothing, as with the go command. The caller
// asks only for files that import "embed".
std::vector<std::string> scan_embed_patterns(std::string_view source);

}  // namespace modtool::packages
