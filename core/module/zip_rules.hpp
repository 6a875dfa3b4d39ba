// What a module zip may hold (golang.org/ref/mod#zip-files): names under `path@version/`, no two equal after case
// folding, no file that is also a directory, go.mod only at the root and at most 16 MiB, as LICENSE; 500 MiB in all.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/module/module_tree.hpp"
#include "core/module/module_version.hpp"

namespace modtool::module {

inline constexpr std::uint64_t kMaxZipFile = 500ULL << 20;  // bytes of the zip, and of its files in all
inline constexpr std::uint64_t kMaxGoMod = 16ULL << 20;     // bytes of go.mod
inline constexpr std::uint64_t kMaxLicense = 16ULL << 20;   // bytes of LICENSE

// Checks the entries of a zip (full names, with the prefix; directories end in "/") and returns the files relative to
// the module's root, sorted. Code::kZipRules with Go's words, all problems at once.
Result<std::vector<TreeFile>> check_zip_entries(const std::vector<TreeFile>& entries, const ModuleVersion& module);

}  // namespace modtool::module
