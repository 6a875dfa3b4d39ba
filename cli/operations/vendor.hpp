// `vendor`: the vendor directory of a project, planned from its imports and put in place.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/operations/open_project.hpp"
#include "cli/session.hpp"
#include "core/manifest/usage.hpp"
#include "vendor_tool/vendor_plan.hpp"

namespace modtool::cli {

struct VendorOptions {
  std::string output;         // -o: another directory; empty: vendor/ beside the manifest
  std::string manifest_file;  // -modfile
  bool allow_errors = false;  // -e
  bool go_face = false;       // Go's checks of go.sum, any vendor/ replaced, no modtool.sums
  bool writable_cache = false;
};

struct VendorReport {
  vendor_tool::VendorPlan plan;
  std::vector<Error> errors;  // what -e let pass
  std::string sums_name;      // of the proof that was written; empty where none was
  bool changed = true;        // something was written; with a proof to write, what is right already is not touched
};

Result<VendorReport> vendor_project(Session& session, const VendorOptions& options);

// Writes modtool.sums for the vendor directory that is there, without touching it: only what an earlier run that was
// ended left half done is completed first.
Result<VendorReport> write_sums_only(Session& session, const VendorOptions& options);

}  // namespace modtool::cli
