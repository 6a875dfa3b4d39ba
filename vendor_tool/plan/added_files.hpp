// Files that are vendored beyond the dialect's choice, because globs of the project name them (`vendor --with`):
// headers beside a package of cgo, say.
//
// Whoever can write a glob gets nothing else built by it: never taken is what UsageAnalysis::may_add refuses, what lies
// in a directory that is a package of the plan, in any spelling, what is below another module of the plan, what
// instructs Git, and links. All the rest is bytes that the module's own checksum vouches for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/manifest/usage.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"
#include "vendor_tool/plan/vendor_request.hpp"

namespace modtool::vendor_tool {

// A glob of destinations, as modtool.sums has them (sums/sums_file.hpp).
class DestinationGlob {
 public:
  explicit DestinationGlob(std::string_view glob);
  bool matches(std::string_view destination) const;

 private:
  std::vector<std::string> elements_;
};

// Notes in each module of a request the files of its tree that one of the globs names and that may be taken. `trees`
// are those of the request's modules; of a null one nothing is.
void add_files(VendorRequest& request, const VendorTrees& trees, const std::vector<std::string>& globs,
               const manifest::UsageAnalysis& analysis);

}  // namespace modtool::vendor_tool
