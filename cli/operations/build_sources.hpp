// The proof before a build: where the sources of a project's modules are, once every byte of them is proven.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/operations/open_project.hpp"
#include "cli/session.hpp"
#include "core/build/build_tool.hpp"

namespace modtool::cli {

// Proves the vendor directory; of the project of that dialect, where there are several. What is wrong with it is told,
// and the error is Code::kUnproven (kVendorStale where it is only out of date).
Result<void> prove_vendor(Session& session, const std::string& dialect);

// Proves what the cache holds of the modules of a checksum file without origins of its own; Code::kCacheModified.
Result<void> prove_cache(Session& session, const project::Project& project);

// Proves the sources of a project's modules, and tells where they are. `mod` is "vendor", "readonly", "mod", or empty:
// vendor/ where that is there, and the cache where it is not; Code::kUsage for anything else. In a cache that has
// origins of its own they are proven when they are located.
Result<build::Sources> prove_sources(Session& session, OpenProject& project, const std::string& mod,
                                     const std::string& dialect);

// The proven sources of each selected module, behind those that it requires, and how it is built. From the cache each
// module gets a read-only directory in the store, whose files are hashed against the lock now.
Result<std::vector<build::ModuleInput>> locate_modules(Session& session, OpenProject& project, build::Sources sources);

}  // namespace modtool::cli
