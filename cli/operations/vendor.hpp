// `vendor`: the vendor directory of a project, planned from its imports and put in place.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"
#include "core/base/error.hpp"
#include "core/base/result.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"

namespace modtool::cli {

struct VendorOptions {
  std::string output;         // -o: another directory; empty: vendor/ beside the manifest
  std::string manifest_file;  // -modfile
  bool allow_errors = false;  // -e
  bool sums_only = false;     // --sums-only: the proof alone, for the vendor directory that is there
  bool go_face = false;       // Go's checks of go.sum, any vendor/ replaced, no modtool.sums
  bool writable_cache = false;
};

struct VendorReport {
  std::string dialect;  // of the project; empty where it is the only one
  std::string vendor;   // the vendor directory, from the root
  vendor_tool::VendorPlan plan;
  std::vector<Error> errors;  // what -e let pass
  std::string sums_name;      // of the proof that was written; empty where none was
  bool changed = true;        // something was written; with a proof to write, what is right already is not touched
};

// A report for each project that the command is about (dialects_here). Nothing is written before all of them are
// planned and proven; each is then put in place in one step, and an error of one tells what became of the others.
// With `sums_only` no vendor directory is touched: only what an earlier run that was ended left half done is completed.
Result<std::vector<VendorReport>> vendor_projects(Session& session, const VendorOptions& options);

}  // namespace modtool::cli
