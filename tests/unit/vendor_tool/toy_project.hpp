// A project in a dialect of its own, small enough to see through: a package is a directory of a module with `.go`
// files, `import x` lines in them are what it uses, and a file that starts with `ignore` is left out. The manifest
// `go.mod` has a `go` line. Everything is in memory.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/worker_pool.hpp"
#include "core/manifest/checksum_table.hpp"
#include "core/manifest/manifest.hpp"
#include "tests/support/memory_file_system.hpp"
#include "vendor_tool/apply/vendor_apply.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"
#include "vendor_tool/proof/evidence.hpp"
#include "vendor_tool/proof/finding.hpp"
#include "vendor_tool/proof/sums_collect.hpp"
#include "vendor_tool/run/recording_tree.hpp"

namespace modtool::vendor_tool::test {

using Files = std::map<std::string, std::string>;

// The project's dialect: which packages of which modules `imports` leads to.
std::unique_ptr<manifest::UsageAnalysis> make_toy_analysis(std::vector<std::string> imports,
                                                           std::vector<module::ModuleVersion> build_list);

// The version in the `go` line of a manifest; empty where there is none.
std::string toy_go_line(std::string_view manifest);

class ToyProject {
 public:
  ToyProject();

  // Publishes a module at a version and puts its hashes into go.sum.
  void publish(const module::ModuleVersion& module, Files files);
  void require(const module::ModuleVersion& module);
  void replace(const module::ModuleVersion& from, const module::ModuleVersion& to);

  // Makes vendor/ and modtool.sums.
  Result<void> vendor();
  Result<VendorPlan> plan();
  Result<CheckReport> check();
  // The checksum lines; changed with `set_checksums`.
  void drop_checksum(const module::ModuleVersion& key);
  void add_checksum(const module::ModuleVersion& key, std::string hash);

  std::vector<std::string> imports;         // of the main module
  std::vector<std::string> allow_unproven;  // for `check`
  bool use_modules = false;                 // check against the modules themselves, for want of modtool.sums
  const io::FileReader* reader = nullptr;   // what `check` reads vendor/ and modtool.sums through; null for `disk`
  modtool::test::MemoryFileSystem disk;     // the project is in /p, replacing directories too
  std::map<module::ModuleVersion, Files> published;

 private:
  const io::FileReader& checked_files() const { return reader != nullptr ? *reader : disk; }
  struct Made {
    VendorPlan plan;
    PlanAccount account;
  };
  using ManifestOf = std::function<Result<std::string>(const module::ModuleVersion& module)>;

  // Plans from trees and manifests, recording what was looked at.
  Result<void> make(Made& made, TreeRecorder& recorder, const ManifestOf& manifest_of);
  Result<VendorRequest> request(const manifest::Usage& usage, const ManifestOf& manifest_of);
  Result<std::shared_ptr<const module::ModuleTree>> open_anchor(const module::ModuleVersion& anchor);
  std::unique_ptr<manifest::UsageAnalysis> analysis() const;
  Result<std::unique_ptr<Evidence>> evidence();

  Cancellation cancellation_;
  WorkerPool pool_;
  manifest::ChecksumTable checksums_;
  int checksum_line_ = 0;
  std::vector<manifest::Requirement> require_;
  std::vector<manifest::Replacement> replace_;
  manifest::ReplacementTable replacements_;
};

}  // namespace modtool::vendor_tool::test
