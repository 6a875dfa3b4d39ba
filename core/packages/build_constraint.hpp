// Build constraints of Go files (pkg.go.dev/cmd/go#hdr-Build_constraints): `//go:build` expressions and the older
// `// +build` lines.
//
// Vendoring has no platform in mind: it takes each tag as given or not given, whichever makes the file count, so that
// the files of all platforms do. The exceptions are never given: the tag `ignore`, and what is no tag at all. File
// names (`_linux.go`) leave nothing out then.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::packages {

// The lines of a file's header that constrain its build: views into the header, trimmed.
struct ConstraintLines {
  std::optional<std::string_view> go_build;
  std::vector<std::string_view> plus_build;  // only those that count: followed by a blank line
};

// `header` is a file's text up to its imports or beyond. Fails for two `//go:build` lines (Code::kGoSourceSyntax).
Result<ConstraintLines> find_constraint_lines(std::string_view header);

// Whether one constraint may hold. Code::kGoSourceSyntax, in Go's words, where the line is malformed.
Result<bool> evaluate_go_build(std::string_view line);
Result<bool> evaluate_plus_build(std::string_view line);

// Whether any platform and set of tags builds a file with this header. A `//go:build` line counts alone; malformed
// `// +build` lines do not. Fails for two `//go:build` lines or a malformed one: nothing builds such a file.
Result<bool> may_build(std::string_view header);

}  // namespace modtool::packages
