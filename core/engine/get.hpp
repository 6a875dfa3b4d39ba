// `get`: requires modules at the versions that queries stand for, and makes all else fit.
#pragma once

#include <string>
#include <vector>

#include "core/engine/context.hpp"

namespace modtool::engine {

struct GetOptions {
  std::vector<std::string> requests;  // "path" or "path@query"
  std::string group;                  // of the manifest; empty: where the path is required already, else the project's
  bool upgrade = false;               // what the modules need, too; without any request, all that is required
  bool patches = false;               // with `upgrade`: patch releases only
  bool dry_run = false;
};

struct GetReport {
  std::vector<std::string> changes;  // of what is selected, a line each (selection_change.hpp)
  std::vector<std::string> notes;
  std::string files;  // "modtool.json and modtool.lock"
  std::string diff;   // of the manifest
  bool changed = false;
};

// Each module is selected at the version that was asked for, or nothing is written: other requirements that ask for
// more of it are lowered or dropped, and the report says so. Code::kRequestConflict, kUnknownVersion, kTwoClasses;
// kLockedRun.
Result<GetReport> get_modules(const Context& context, const GetOptions& options);

}  // namespace modtool::engine
