// Whether a vendor directory is genuinely what its own modules.txt says, whatever the manifest asks for by now.
//
// It is where every module of the index is vouched for by checksum lines, the go versions are those of the proven
// manifests, and the directory holds exactly what vendoring the listed packages takes from the proven trees. A
// directory that fails this was changed by hand; one that passes it and is still not what the plan says is only out of
// date.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"
#include "core/manifest/modules_txt.hpp"
#include "core/manifest/usage.hpp"
#include "core/patch/patch_set.hpp"
#include "vendor_tool/proof/evidence.hpp"
#include "vendor_tool/proof/finding.hpp"
#include "vendor_tool/proof/vendor_directory.hpp"

namespace modtool::vendor_tool {

// The go version that modules.txt says of a module with this manifest; empty where it says none.
using GoLineOf = std::function<Result<std::string>(std::string_view manifest)>;

struct IndexExamination {
  const io::FileReader* files = nullptr;
  WorkerPool* pool = nullptr;
  VendorDirectory vendor = std::string("vendor");
  Evidence* evidence = nullptr;
  manifest::UsageAnalysis* analysis = nullptr;
  manifest::Modules* modules = nullptr;  // what the analysis may ask, nothing of it recorded
  // The directories that the manifest itself replaces modules by; one that only the index names is not looked into.
  std::set<std::string> directories;
  bool proves_modes = false;                      // VendorComparison::proves_modes
  const patch::ModulePatches* patches = nullptr;  // none: nothing is patched
  std::set<std::string> ignored = {};             // AbsenceQuestion::ignored
  GoLineOf go_line_of;  // null where the dialect says none of any module (in Go: main modules older than 1.17)
};

struct IndexProof {
  std::optional<manifest::ModulesTxt> index;  // as it stands in vendor/; nothing where it cannot be read
  std::vector<Finding> findings;              // sorted; empty where the directory is what its index says

  bool holds() const { return index.has_value() && findings.empty(); }
};

// Examines the directory. What is not vouched for is a finding, not an error; the evidence's own findings are not
// repeated. Errors are failures to read, and the cancellation.
Result<IndexProof> prove_index(const IndexExamination& examination);

}  // namespace modtool::vendor_tool
