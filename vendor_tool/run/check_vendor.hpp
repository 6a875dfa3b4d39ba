// `vendor --check`: the proof of a vendor directory, without network and without a module cache.
#pragma once

#include <string>
#include <vector>

#include "core/engine/open_project.hpp"
#include "vendor_tool/proof/finding.hpp"

namespace modtool::vendor_tool {

struct CheckVendorOptions {
  std::string manifest_file = {};                // -modfile
  std::vector<std::string> allow_unproven = {};  // module paths
  engine::ProjectChoice choice = {};
};

// Whether a `modtool vendor` was ended half way (is_half_done): the check then finds that alone, even where there is no
// vendor directory at the moment.
bool has_half_done_vendor(const io::FileReader& files, const project::Project& project);

// Reads only. An error is a failure to read or to plan; everything about the vendor directory is in the report.
Result<CheckReport> check_project_vendor(const engine::Context& context, const CheckVendorOptions& options);

struct CheckRequest {
  std::vector<std::string> allow_unproven = {};  // module paths
  // What modtool.sums lacks, all of it where it is missing, is asked of the sources of the project's modules: by its
  // settings that is the cache, or the network, too. Nothing in the project is written.
  bool fetch = false;
  // With `fetch`: files that are not here, that a rule keeps out of Git and that no build reads are passed over. Else
  // they are a finding. Code::kUsage outside a repository.
  bool as_git_keeps = false;
};

// The same for a project that is open without an index; offline, but for a request to fetch.
Result<CheckReport> check_open_vendor(const engine::Context& context, engine::OpenProject& opened,
                                      const CheckRequest& request);

}  // namespace modtool::vendor_tool
