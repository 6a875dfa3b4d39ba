// The front of a Go source file, read lexically: the package clause and the imports. What follows is not looked at.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::packages {

struct SourceHeader {
  std::string package_name;          // empty where the package clause is broken
  std::vector<std::string> imports;  // their paths in the order of the file; a broken one is left out
  // Where build constraints are looked for: from the start to the last import, or the whole file where the front is
  // broken. A view into the source, a byte order mark left out.
  std::string_view text;
  // The first thing about the front that is not Go, in the words of Go's parser, with line and column but no file
  // (Code::kGoSourceSyntax). Imports are read on past it as far as the go command does.
  std::optional<Error> problem;
};

// Fails for a NUL byte where it looks (Code::kGoSourceSyntax); everything else is a `problem`.
Result<SourceHeader> scan_header(std::string_view source);

}  // namespace modtool::packages
