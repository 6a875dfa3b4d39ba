// Which files the patterns of `//go:embed` stand for (pkg.go.dev/embed#hdr-Directives).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/packages/indexed_tree.hpp"

namespace modtool::packages {

// The files, named from the module's root and sorted, that a package in `directory` embeds. A pattern is a glob below
// the package; a directory stands for what is in it, less hidden files unless the pattern begins with "all:", less
// nested modules. Fails with Code::kEmbed, in Go's words, for a pattern that is malformed, matches nothing or matches
// what may not be embedded.
Result<std::vector<std::string>> resolve_embeds(const IndexedTree& module, std::string_view directory,
                                                const std::vector<std::string>& patterns);

}  // namespace modtool::packages
