// The part of `verify` that looks at where modules come from, for dialects whose lock holds the graph: what is at hand
// is hashed, and with `--upstream` the origins are asked.
#pragma once

#include <cstddef>
#include <vector>

#include "core/engine/open_project.hpp"
#include "vendor_tool/proof/finding.hpp"

namespace modtool::vendor_tool {

struct VerifiedSources {
  std::size_t hashed = 0;  // modules whose files are at hand
  std::size_t absent = 0;  // modules that would have to be fetched
  std::size_t asked = 0;   // origins that were asked
  std::vector<Finding> findings;
};

// Compares the selected modules' files with the lock. Without `upstream` nothing is fetched: the project must have been
// opened offline. Errors are those of the network, where it is asked, and the cancellation.
Result<VerifiedSources> verify_sources(const engine::Context& context, engine::OpenProject& opened, bool upstream);

}  // namespace modtool::vendor_tool
