// `vendor --check`: the proof of a vendor directory, without network and without a module cache.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"
#include "vendor_tool/proof/finding.hpp"

namespace modtool::cli {

struct CheckVendorOptions {
  std::string manifest_file;                // -modfile
  std::vector<std::string> allow_unproven;  // module paths
  std::string dialect = {};                 // the project's, where there may be several
};

class OpenProject;

// Reads only. An error is a failure to read or to plan; everything about the vendor directory is in the report.
Result<vendor_tool::CheckReport> check_project_vendor(Session& session, const CheckVendorOptions& options);

// The same for a project that is open, offline and without an index.
Result<vendor_tool::CheckReport> check_open_vendor(Session& session, OpenProject& opened,
                                                   const std::vector<std::string>& allow_unproven);

}  // namespace modtool::cli
