// The one gate for names that come from outside: module paths, import paths, file names in modules. The rules are those
// of golang.org/x/mod/module. Errors carry Go's wording.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"
#include "core/module/module_version.hpp"

namespace modtool::module {

// A module path that may be required and fetched: its first element has a dot, no upper-case letters there, a valid
// major suffix. Code::kBadModulePath.
Result<void> check_path(std::string_view path);
// An import path. Code::kBadImportPath.
Result<void> check_import_path(std::string_view path);
// A slash-separated file name inside a module zip. Code::kBadFileName.
Result<void> check_file_path(std::string_view path);
// The path, that the version is a semantic one (not that it is canonical), and that the two fit ("/v2" wants v2.x.y).
Result<void> check(const ModuleVersion& module);
// Whether the version fits the path's major suffix ("/v2", ".v2", none). Code::kBadVersion.
Result<void> check_path_major(std::string_view version, std::string_view path_major);

// "host/repo/v2" → {"host/repo", "/v2"}; "gopkg.in/yaml.v3" → {"gopkg.in/yaml", ".v3"}; a malformed suffix fails.
struct PathMajor {
  std::string_view prefix;
  std::string_view major;
};
Result<PathMajor> split_path_major(std::string_view path);

// As in URLs and the cache: an upper-case letter becomes '!' and the lower-case one.
Result<std::string> escape_path(std::string_view path);
Result<std::string> escape_version(std::string_view version);
Result<std::string> unescape_path(std::string_view escaped);
Result<std::string> unescape_version(std::string_view escaped);

// Whether a path matches one of the comma-separated glob patterns of GOPRIVATE and its like.
bool match_prefix_patterns(std::string_view patterns, std::string_view path);

// The text folded so that two names which differ in case only become equal (simple Unicode folding, as Go's ToFold).
std::string fold_case(std::string_view text);

}  // namespace modtool::module
