// The proof before a build: where the sources of a project's modules are, once every byte of them is proven.
#pragma once

#include <string>
#include <vector>

#include "core/build/build_tool.hpp"
#include "core/engine/open_project.hpp"
#include "vendor_tool/proof/finding.hpp"

namespace modtool::tasks {

// Is told what is wrong with a vendor directory that cannot be proven, before the error that ends the run.
class ProofListener {
 public:
  virtual ~ProofListener() = default;
  virtual void on_failed_proof(const vendor_tool::CheckReport& report) = 0;
};

// Proves the sources of a project's modules, and tells which they are. `mod` is "vendor", "readonly", "mod", or empty:
// vendor/ where that is there, and the cache where it is not; Code::kUsage for anything else. Code::kUnproven
// (kVendorStale where vendor/ is only out of date), kCacheModified. Modules from origins of their own are proven when
// they are located.
Result<build::Sources> prove_sources(const engine::Context& context, engine::OpenProject& opened,
                                     const std::string& mod, const engine::ProjectChoice& choice,
                                     ProofListener& listener);

// The proven sources of each selected module, behind those that it requires, and how it is built. From the cache each
// module gets a read-only directory in the store, whose files are hashed against the lock now.
Result<std::vector<build::ModuleInput>> locate_modules(const engine::Context& context, engine::OpenProject& opened,
                                                       build::Sources sources);

}  // namespace modtool::tasks
