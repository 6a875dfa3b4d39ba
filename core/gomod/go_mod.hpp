// go.mod (go.dev/ref/mod#go-mod-file): its values for resolution and vendoring, and its text for edits.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/gomod/parse_options.hpp"
#include "core/gomod/syntax.hpp"
#include "core/manifest/manifest.hpp"

namespace modtool::gomod {

struct GoMod {
  manifest::Manifest manifest;
  SyntaxTree syntax;            // words in their standard spelling, versions canonical
  bool versions_fixed = false;  // whether ParseOptions::fix_version changed a version
};

// Reads a go.mod. The error holds every problem
// of the file with its place, in Go's words and order:
//   - strict: "errors parsing FILE:", the problems as `problems`; a problem's to_line() is Go's line for it
//   - lax: to_line() is Go's whole text, "parsing FILE: " and the problems, a line each
// Codes: kGoModSyntax, or kConflictMarker where the file holds a merge conflict; problems may also be kBadVersion and
// kBadModulePath.
Result<GoMod> parse_go_mod(std::string_view text, const FileName& file, const ParseOptions& options = {});

// What the go command demands of a main module's go.mod beyond its grammar: a module line, with a path that is not
// reserved, and no two replacements for one module. `file` as in parse_go_mod.
Result<void> check_main_module(const manifest::Manifest& manifest, const std::string& file);

}  // namespace modtool::gomod
