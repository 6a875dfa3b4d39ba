// The part of `verify` that looks at the module cache; `mod verify` is this part alone.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"
#include "core/base/error.hpp"

namespace modtool::cli {

struct VerifyCacheOptions {
  std::string manifest_file;  // -modfile
  bool go_face = false;       // compare with the cache's own .ziphash files, as the go command does
};

struct VerifyCacheReport {
  std::size_t modules = 0;  // in the build list
  std::size_t checked = 0;  // zips and extracted trees that were hashed
  std::vector<Error> problems;
};

Result<VerifyCacheReport> verify_project_cache(Session& session, const VerifyCacheOptions& options);

}  // namespace modtool::cli
