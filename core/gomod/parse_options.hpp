// How a go.mod or go.work is to be read.
#pragma once

#include "core/manifest/dialect.hpp"

namespace modtool::gomod {

enum class Strictness {
  kMain,  // of the main module: every line must be known, versions must be those of modules that can exist
  kEdit,  // as `go mod edit` reads it: every line must be known, versions may be short ("v1") and are completed
  kLax,   // of a dependency: unknown lines, and those that count in a main module only, are passed over
};

using manifest::VersionFixer;

struct ParseOptions {
  Strictness strictness = Strictness::kMain;
  VersionFixer fix_version = {};  // for kMain; without it a version that is not canonical is an error
};

}  // namespace modtool::gomod
