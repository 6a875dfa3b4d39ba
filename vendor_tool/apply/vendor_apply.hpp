// Making the vendor directory real: staged beside its target, brought to the disk, then put in place in one step.
//
// Beside the target ("vendor") stands, while this runs, a stage ".vendor.tmp-<random>" with
//
//     tree/   the new vendor directory; after the exchange, the old one
//     sums    the new modtool.sums, where one is written
//     drop    there instead of `sums`, where modtool.sums is to go because nothing is vendored
//     old/    the old vendor directory, where it had to be moved and not exchanged
//
// The exchange of `vendor` and `tree` is the commit. Before it nothing that anybody reads has changed; after it a
// file `.modtool-staged` in the new vendor directory names the stage until modtool.sums is in place as well, so a run
// that was ended between the two is completed by the next (`recover_vendor`), never left half done. Where the file
// system cannot exchange two names, the old tree is moved into the stage and the new one out of it; a run ended
// between those moves is completed from what the stage holds.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/reporter.hpp"
#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"
#include "vendor_tool/sums/sums_file.hpp"

namespace modtool::vendor_tool {

// Where a vendor directory and its proof are, on one file system.
struct VendorPlace {
  std::string target = "vendor";
  std::string sums = "modtool.sums";
};

struct ApplyOptions {
  VendorPlace place;
  // The text of modtool.sums, written in the same transaction (removed in it, where the plan is empty). Without it
  // that file is not touched.
  std::optional<std::string> sums = std::nullopt;
  // Whether whatever stands at the target is replaced, as the go command does. Otherwise only a directory that is
  // empty or holds a modules.txt is: else Code::kFileExists, kSymbolicLink or kNotADirectory. (A modtool.sums that is
  // no regular file is never replaced.)
  bool replace_anything = false;
  // Asked once no other run is at work and what an ended one left is put right: whether target and sums are already
  // what they are to be. Then nothing is touched. Null: never.
  std::function<Result<bool>()> is_current = nullptr;
  // Told how many of the files are written. Null: nobody is.
  Reporter* reporter = nullptr;
};

// Makes the target hold exactly what the plan says; where the plan is empty, the target goes. Files get mode 0666,
// those that are executable in their tree and directories 0777, less the umask. A failure or a cancellation leaves the
// old state and no stage; a failure after the commit says so, and the next run completes it. Two runs on one target
// wait for each other: the directory that holds it is locked meanwhile (where its file system knows locks).
Result<void> apply_vendor(io::FileSystem& files, WorkerPool& pool, const VendorPlan& plan, const VendorTrees& trees,
                          const ApplyOptions& options);

// Whether what stands in the place may be replaced, with the errors of apply_vendor, which asks again once it has the
// lock.
Result<void> check_replaceable(const io::FileReader& files, const ApplyOptions& options);

// Writes modtool.sums alone, for the directory that is at the target: with the same lock, and after the same recovery.
Result<void> write_sums(io::FileSystem& files, const Cancellation& cancellation, const VendorPlace& place,
                        const std::string& sums);

// Completes or rolls back what an earlier run that was ended left beside the target. Both above begin with it, once
// they have the lock; nobody else calls it while another run may be at work.
Result<void> recover_vendor(io::FileSystem& files, const VendorPlace& place);

// Whether a run was ended after its commit and before its end: the directory is the new one, or away, and modtool.sums
// may still be the old one, until the next run completes it. Reads only; what cannot be read was left by no run.
bool is_half_done(const io::FileReader& files, const VendorPlace& place);

}  // namespace modtool::vendor_tool
