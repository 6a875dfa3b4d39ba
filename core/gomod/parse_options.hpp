// How a go.mod or go.work is to be read.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool::gomod {

enum class Strictness {
  kMain,  // of the main module: every line must be known, versions must be those of modules that can exist
  kEdit,  // as `go mod edit` reads it: every line must be known, versions may be short ("v1") and are completed
  kLax,   // of a dependency: unknown lines, and those that count in a main module only, are passed over
};

// Finds the canonical version that a query in a main module's go.mod ("v1", "master") stands for. Its error is told as
// it is, behind the place.
using VersionFixer = std::function<Result<std::string>(std::string_view path, std::string_view query)>;

struct ParseOptions {
  Strictness strictness = Strictness::kMain;
  VersionFixer fix_version = {};  // for kMain; without it a version that is not canonical is an error
  std::string full_name = {};     // of the file, where Go tells its whole path; empty: as in other messages
};

}  // namespace modtool::gomod
