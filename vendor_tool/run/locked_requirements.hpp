// Whether a lock says of its modules what their own manifests say. The lock is taken at its word when the graph is
// resolved; the proven trees of a vendor directory hold the manifests to compare it with.
#pragma once

#include <vector>

#include "core/base/result.hpp"
#include "core/project/project.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"
#include "vendor_tool/proof/evidence.hpp"
#include "vendor_tool/proof/finding.hpp"

namespace modtool::vendor_tool {

// A finding for each vendored module whose requirements in the lock are not those of
// its own manifest, where that has the say. Nothing for dialects whose lock holds no graph. Records of versions that
// lost the selection cannot be compared: their manifests are not vendored.
Result<std::vector<Finding>> check_locked_requirements(const project::Project& project, const VendorPlan& plan,
                                                       Evidence& evidence);

}  // namespace modtool::vendor_tool
