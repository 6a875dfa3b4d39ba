// A small Go project in memory, in /p: vendored and checked with the planner and the views of modules that the commands
// stack (run/vendor_run.cpp, run/check_vendor.cpp), over modules out of a text.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/worker_pool.hpp"
#include "core/manifest/checksum_table.hpp"
#include "core/manifest/manifest.hpp"
#include "core/patch/patch_set.hpp"
#include "core/project/project.hpp"
#include "tests/support/in_memory_modules.hpp"
#include "tests/support/memory_file_system.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"
#include "vendor_tool/proof/evidence.hpp"
#include "vendor_tool/proof/finding.hpp"
#include "vendor_tool/proof/sums_collect.hpp"

namespace modtool::vendor_tool::test {

class ToyProject {
 public:
  ToyProject();

  // Publishes the modules of a text (in_memory_modules.hpp) and puts their hashes into go.sum.
  void publish(std::string_view text);
  // Without a version the requirement is dropped.
  void require(const module::ModuleVersion& module);
  void replace(const module::ModuleVersion& from, const module::ModuleVersion& to);

  // Makes vendor/ and modtool.sums.
  Result<void> vendor();
  // The plan of what was published, or over proven modules.
  Result<VendorPlan> plan();
  Result<VendorPlan> plan_proven();
  Result<CheckReport> check();
  // What planning reads and modtool.sums must hold.
  Result<Recorded> recorded();
  // The list of files of a module that was published.
  Result<module::Preimage> preimage(const module::ModuleVersion& module);
  // The checksum lines.
  void drop_checksum(const module::ModuleVersion& key);
  void add_checksum(const module::ModuleVersion& key, std::string hash);

  // The project as its manifest says now; valid until the next call.
  Result<const project::Project*> load();
  Result<std::unique_ptr<Evidence>> evidence();

  std::string go = "1.22";                  // the go line of its manifest
  std::vector<std::string> imports;         // of the main module
  std::vector<std::string> allow_unproven;  // for `check`
  bool allow_errors = false;                // for `plan`
  bool use_modules = false;                 // check against the modules themselves, for want of modtool.sums
  // What `check` reads vendor/, modtool.sums and the main module through; null for `disk`. Directories that replace
  // modules are looked at more than once, so a look that fails need not tell.
  const io::FileReader* reader = nullptr;
  modtool::test::MemoryFileSystem disk;
  patch::ModulePatches patches;
  modtool::test::InMemoryModules modules;  // what was published

 private:
  const io::FileReader& checked_files() const { return reader != nullptr ? *reader : disk; }
  std::string manifest_text() const;

  Cancellation cancellation_;
  WorkerPool pool_;
  manifest::ChecksumTable checksums_;
  int checksum_line_ = 0;
  std::vector<manifest::Requirement> require_;
  std::vector<manifest::Replacement> replace_;
  manifest::ReplacementTable replacements_;
  project::Project project_;
};

}  // namespace modtool::vendor_tool::test
