#include "vendor_tool/run/verify_sources.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "core/engine/reviewed_lock.hpp"
#include "core/module/hash.hpp"
#include "core/resolve/lock_index.hpp"

namespace modtool::vendor_tool {
namespace {

using manifest::LockedModule;

// What became of one module.
struct Outcome {
  bool hashed = false;
  bool asked = false;
  std::optional<Finding> finding;
};

// The lock of the last commit; empty where there is none.
struct ReviewedLock {
  explicit ReviewedLock(const project::Project& project)
      : lock(engine::last_committed_lock(project).value_or(manifest::Lock{})), records(lock) {}

  manifest::Lock lock;
  resolve::LockIndex records;
};

class SourceVerification {
 public:
  SourceVerification(const engine::Context& context, engine::OpenProject& opened, bool upstream)
      : context_(context), opened_(opened), upstream_(upstream), hashing_(context.reporter.begin({.verb = "hashing"})) {
    for (const auto& locked : opened.project().lock.modules) {
      if (!locked.sum.empty()) modules_.push_back(&locked);
    }
  }

  Result<VerifiedSources> run() {
    std::vector<Outcome> outcomes(modules_.size());
    MODTOOL_CHECK(context_.pool.for_each(modules_.size(), [&](std::size_t i) -> Result<void> {
      const Task step = hashing_.step(to_string(modules_[i]->module));
      return verify(*modules_[i], outcomes[i]);
    }));
    VerifiedSources sources;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      auto& outcome = outcomes[i];
      if (outcome.finding) help(*outcome.finding, *modules_[i]);
      sources.hashed += outcome.hashed ? 1 : 0;
      sources.absent += outcome.hashed || outcome.finding ? 0 : 1;
      sources.asked += outcome.asked ? 1 : 0;
      if (outcome.finding) sources.findings.push_back(std::move(*outcome.finding));
    }
    return sources;
  }

 private:
  Result<void> verify(const LockedModule& locked, Outcome& outcome) {
    if (upstream_) {
      const auto checked = opened_.origins()->check_upstream(locked.module);
      if (!checked) return judge(locked, checked.error(), outcome);
      outcome.asked = true;
    }
    const auto found = opened_.origins()->find_module(locked.module);
    if (!found) return judge(locked, found.error(), outcome);
    const auto preimage = module::hash_tree(*found->files, context_.pool);
    if (!preimage) return judge(locked, preimage.error(), outcome);
    compare(locked, module::h1_of(*preimage, to_string(locked.module)), outcome);
    return {};
  }

  void compare(const LockedModule& locked, const std::string& sum, Outcome& outcome) const {
    outcome.hashed = true;
    if (sum == locked.sum) return;
    outcome.finding = finding_about(locked, Code::kChecksumMismatch, "its files have another hash than the lock");
    outcome.finding->expected = locked.sum;
    outcome.finding->actual = sum;
  }

  // What is wrong with a module is a finding; what keeps the check from being made is an error.
  Result<void> judge(const LockedModule& locked, const Error& error, Outcome& outcome) const {
    const bool is_absent = error.code == Code::kOffline || error.code == Code::kNotFound ||
                           error.code == Code::kFileNotFound || is_retryable(error.code);
    if (is_absent && !upstream_) return {};
    if (!breaks_proof(error.code)) {
      return fail(Error(error).in("verifying " + to_string(locked.module)));
    }
    outcome.finding = finding_about(locked, error.code, to_line(error));
    return {};
  }

  // A record that was changed since the last commit is mended by it; sources that were changed, by nothing.
  void help(Finding& finding, const LockedModule& locked) {
    if (!reviewed_) reviewed_.emplace(opened_.project());
    const auto* const before = reviewed_->records.find(locked.module);
    if (before != nullptr && (before->sum != locked.sum || before->git != locked.git)) {
      finding.fix = engine::restore_lock(context_, opened_.project(), engine::kLastCommit);
    } else {
      finding.message +=
          fmt::format("; whether to take it, no command decides: modtool explain {}", to_string(finding.code));
    }
  }

  Finding finding_about(const LockedModule& locked, Code code, std::string message) const {
    return {.code = code,
            .path = std::string(opened_.project().dialect->lock_name()),
            .line = locked.where.line,
            .module = to_string(locked.module),
            .message = std::move(message),
            .anchor = locked.where};
  }

  const engine::Context& context_;
  engine::OpenProject& opened_;
  bool upstream_;
  Task hashing_;
  std::vector<const LockedModule*> modules_;
  std::optional<ReviewedLock> reviewed_;  // read for the first finding
};

}  // namespace

Result<VerifiedSources> verify_sources(const engine::Context& context, engine::OpenProject& opened, bool upstream) {
  return SourceVerification(context, opened, upstream).run();
}

}  // namespace modtool::vendor_tool
