#include "cli/operations/download.hpp"

#include <fmt/format.h>

#include "cli/operations/open_project.hpp"
#include "core/module/hash.hpp"

namespace modtool::cli {
namespace {

using manifest::LockedModule;

Result<void> check_dialect(const project::Project& project) {
  if (!project.dialect->locks_graph()) {
    return fail(Error{
        .code = Code::kNotSupported,
        .message = fmt::format("downloading the modules of {} is not supported yet", project.dialect->manifest_name())}
                    .fix(fmt::format("{} mod download", project.dialect->name())));
  }
  if (project.has_lock) return {};
  return fail(
      Error{.code = Code::kLockStale, .message = fmt::format("there is no {}", project.dialect->lock_name())}.fix(
          "modtool tidy"));
}

Result<void> check_module(Session& session, OpenProject& opened, const LockedModule& locked) {
  MODTOOL_TRY(const auto tree, opened.modules().tree(locked.module));
  MODTOOL_TRY(const auto preimage, module::hash_tree(*tree, session.pool));
  const std::string sum = module::h1_of(preimage, to_string(locked.module));
  if (sum == locked.sum) return {};
  return fail(Error{.code = Code::kChecksumMismatch,
                    .message = fmt::format("the files have the hash {} and were locked with {}", sum, locked.sum),
                    .where = locked.where});
}

}  // namespace

Result<std::vector<DownloadedModule>> download_modules(Session& session) {
  MODTOOL_TRY(const auto opened, OpenProject::open(session, {.command = "download"}));
  MODTOOL_CHECK(check_dialect(opened->project()));
  MODTOOL_CHECK(opened->load_graph());  // the lock is whole
  std::vector<const LockedModule*> selected;
  for (const auto& locked : opened->project().lock.modules) {
    if (!locked.sum.empty()) selected.push_back(&locked);
  }
  std::vector<DownloadedModule> modules(selected.size());
  const auto done = session.pool.for_each(selected.size(), [&](std::size_t i) -> Result<void> {
    const LockedModule& locked = *selected[i];
    modules[i] = {.module = locked.module, .sum = locked.sum};
    auto checked = check_module(session, *opened, locked);
    MODTOOL_CHECK(session.cancellation.check());
    if (!checked) modules[i].error = std::move(checked.error()).in("downloading " + to_string(locked.module));
    return {};
  });
  if (!done) return fail(done.error());
  return modules;
}

}  // namespace modtool::cli
