#include "vendor_tool/apply/vendor_apply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <utility>
#include <vector>

#include "vendor_tool/apply/vendor_stage.hpp"
#include "vendor_tool/sums/sums_place.hpp"

namespace modtool::vendor_tool {
namespace {

std::unexpected<Error> not_replaced(Code code, const std::string& target, std::string_view why) {
  return fail(Error{.code = code,
                    .message = fmt::format("`{}` {}; it is not replaced", target, why),
                    .fix = Fix::command({"mv", target, target + ".old"})});
}

// Whether the target may be replaced without asking.
Result<void> check_recognised(const io::FileReader& files, const std::string& target) {
  MODTOOL_TRY(const auto info, files.lstat(target).if_there());
  if (!info) return {};
  if (info->kind == io::FileKind::kSymlink) return not_replaced(Code::kSymbolicLink, target, "is a symbolic link");
  if (info->kind != io::FileKind::kDirectory) return not_replaced(Code::kNotADirectory, target, "is not a directory");
  MODTOOL_TRY(const auto entries, files.list(target).required());
  if (entries.empty()) return {};
  MODTOOL_TRY(const auto index, files.lstat(io::join_path(target, kModulesTxt)).if_there());
  if (index) return {};
  return not_replaced(Code::kFileExists, target, "holds no modules.txt, so it was not made by vendoring");
}

// Writes the planned tree into a fresh stage.
class Staging {
 public:
  Staging(io::FileSystem& files, WorkerPool& pool, const VendorPlan& plan, const VendorTrees& trees,
          const ApplyOptions& options, const VendorStage& stage)
      : files_(files), pool_(pool), plan_(plan), trees_(trees), options_(options), stage_(stage) {}

  Result<void> write() {
    MODTOOL_CHECK(plan_.empty() ? Result<void>{} : write_tree());
    MODTOOL_CHECK(write_sums());
    return files_.sync_file_system(stage_.directory());
  }

 private:
  Result<void> write_tree() {
    MODTOOL_CHECK(files_.make_directories(tree_));
    for (const auto& directory : plan_.directories) {
      MODTOOL_CHECK(pool_.cancellation().check());
      MODTOOL_CHECK(files_.make_directories(tree_ + "/" + directory));
    }
    if (options_.reporter != nullptr) {
      writing_ = options_.reporter->begin({.verb = "vendoring", .total = plan_.files.size()});
    }
    MODTOOL_CHECK(pool_.for_each(plan_.files.size(), [this](std::size_t i) { return write_file(plan_.files[i]); }));
    MODTOOL_CHECK(files_.write_new(io::join_path(tree_, kModulesTxt), plan_.modules_txt));
    if (!options_.sums) return {};
    return files_.write_new(stage_.marker_in_tree(), stage_.marker_text());
  }

  Result<void> write_file(const PlannedFile& file) {
    auto bytes = trees_[file.module]->read(file.name);
    if (!bytes) return fail_in(std::move(bytes), "vendoring " + module::to_string(plan_.modules[file.module].module));
    MODTOOL_CHECK(files_.write_new(tree_ + "/" + file.destination, *bytes, mode_of(file)));
    writing_.advance(++done_);
    return {};
  }

  std::uint32_t mode_of(const PlannedFile& file) const {
    const auto* listed = module::find_file(*trees_[file.module], file.name);
    return listed != nullptr && listed->executable ? 0777 : 0666;
  }

  Result<void> write_sums() {
    if (!options_.sums) return {};
    if (plan_.empty()) return files_.write_new(stage_.drop(), "");
    return files_.write_new(stage_.sums(), *options_.sums);
  }

  io::FileSystem& files_;
  WorkerPool& pool_;
  const VendorPlan& plan_;
  const VendorTrees& trees_;
  const ApplyOptions& options_;
  const VendorStage& stage_;
  const std::string tree_ = stage_.tree();
  std::atomic<std::size_t> done_{0};
  Task writing_;
};

// Whether `stage` committed a tree whose modtool.sums may still be on its way.
Result<bool> has_committed_tree(const io::FileReader& files, const VendorStage& stage) {
  MODTOOL_TRY(const auto marker, files.read(stage.marker_in_target()).if_there());
  return marker == stage.marker_text();
}

// How far the run came that left a stage.
enum class Reached : std::uint8_t { kNothing, kCommit, kMovingOldAway };

Result<Reached> reached_by(const io::FileReader& files, const VendorStage& stage) {
  MODTOOL_TRY(const auto target, files.lstat(stage.target()).if_there());
  MODTOOL_TRY(const auto old, files.lstat(stage.old()).if_there());
  if (!target && old) return Reached::kMovingOldAway;
  MODTOOL_TRY(const bool is_committed, has_committed_tree(files, stage));
  return is_committed ? Reached::kCommit : Reached::kNothing;
}

Result<void> recover_stage(io::FileSystem& files, const VendorStage& stage) {
  MODTOOL_TRY(const Reached reached, reached_by(files, stage));
  if (reached == Reached::kNothing) return files.remove_all(stage.directory());
  if (reached == Reached::kMovingOldAway) {
    MODTOOL_TRY(const auto tree, files.lstat(stage.tree()).if_there());
    if (tree) MODTOOL_CHECK(files.rename(stage.tree(), stage.target()));
  }
  return finish(files, stage);
}

Result<std::vector<VendorStage>> stages_beside(const io::FileReader& files, const VendorPlace& place) {
  std::vector<VendorStage> stages;
  const std::string parent = stage_parent(place.target);
  MODTOOL_TRY(const auto entries, files.list(parent).if_there());
  if (!entries) return stages;
  for (const auto& entry : *entries) {
    if (entry.kind != io::FileKind::kDirectory || !entry.name.starts_with(stage_prefix(place.target))) continue;
    stages.emplace_back(place, io::join_path(parent, entry.name));
  }
  return stages;
}

Result<void> stage_and_commit(io::FileSystem& files, WorkerPool& pool, const VendorPlan& plan, const VendorTrees& trees,
                              const ApplyOptions& options, const VendorStage& stage) {
  MODTOOL_CHECK(Staging(files, pool, plan, trees, options, stage).write());
  MODTOOL_CHECK(pool.cancellation().check());
  return plan.empty() ? commit_removal(files, stage) : commit_tree(files, stage);
}

}  // namespace

Result<void> check_replaceable(const io::FileReader& files, const ApplyOptions& options) {
  if (!options.replace_anything) MODTOOL_CHECK(check_recognised(files, options.place.target));
  return options.sums ? check_sums_place(files, options.place.sums) : Result<void>{};
}

Result<void> apply_vendor(io::FileSystem& files, WorkerPool& pool, const VendorPlan& plan, const VendorTrees& trees,
                          const ApplyOptions& options) {
  const std::string& target = options.place.target;
  const std::string parent = stage_parent(target);
  MODTOOL_CHECK(files.make_directories(parent));
  MODTOOL_TRY(const auto lock, files.lock_if_possible(parent, pool.cancellation()));
  files.remove_leftovers(parent);
  MODTOOL_CHECK(recover_vendor(files, options.place));
  MODTOOL_CHECK(check_replaceable(files, options));
  if (options.is_current) {
    MODTOOL_TRY(const bool is_current, options.is_current());
    if (is_current) return {};
  }
  MODTOOL_TRY(std::string directory, files.make_temp_directory(parent, stage_prefix(target)));
  const VendorStage stage(options.place, std::move(directory));

  if (auto committed = stage_and_commit(files, pool, plan, trees, options, stage); !committed) {
    // The first error is the one to tell; what cannot be removed now, the next run removes. A stage that holds the
    // only copy of the old tree stays for it.
    const auto old = files.lstat(stage.old()).if_there();
    const bool holds_none = old.has_value() && !old->has_value();
    if (holds_none) (void)files.remove_all(stage.directory());
    return committed;
  }
  auto finished = finish(files, stage);
  if (finished) return {};
  return fail(std::move(finished.error()).in("the vendor directory is new; the next `modtool vendor` completes this"));
}

Result<void> write_sums(io::FileSystem& files, const Cancellation& cancellation, const VendorPlace& place,
                        const std::string& sums) {
  const std::string parent = stage_parent(place.target);
  MODTOOL_TRY(const auto lock, files.lock_if_possible(parent, cancellation));
  MODTOOL_CHECK(recover_vendor(files, place));
  return files.write_atomic(place.sums, sums);
}

Result<void> recover_vendor(io::FileSystem& files, const VendorPlace& place) {
  MODTOOL_TRY(const auto stages, stages_beside(files, place));
  for (const auto& stage : stages) MODTOOL_CHECK(recover_stage(files, stage));
  return {};
}

bool is_half_done(const io::FileReader& files, const VendorPlace& place) {
  const auto stages = stages_beside(files, place);
  return stages && std::ranges::any_of(*stages, [&](const VendorStage& stage) {
           return reached_by(files, stage).value_or(Reached::kNothing) != Reached::kNothing;
         });
}

}  // namespace modtool::vendor_tool
