#include "cli/operations/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/operations/check_vendor.hpp"
#include "cli/operations/open_project.hpp"
#include "cli/operations/verify_cache.hpp"
#include "cli/operations/verify_sources.hpp"
#include "cli/render_findings.hpp"
#include "core/git/git_file.hpp"
#include "vendor_tool/proof/block_proof.hpp"

namespace modtool::cli {
namespace {

using vendor_tool::Finding;

void check_checksum_file(const project::Project& project, ChecksReport& report) {
  auto conflicts = vendor_tool::find_conflicts(project.lock.checksums);
  const auto name = project.dialect->lock_name();
  const std::string ending =
      conflicts.empty() ? "no hash contradicts another" : fmt::format("{} contradictions", conflicts.size());
  auto line = fmt::format("{}: {} entries, {}", name, project.lock.checksums.all().size(), ending);
  report.add(std::move(line), std::move(conflicts));
}

// A hash of a known path@version never changes: whoever changed one changed what is downloaded.
Result<void> check_since(const project::Project& project, const std::string& revision, ChecksReport& report) {
  MODTOOL_TRY(const std::string before, git::read_git_file(project.lock_path, revision));
  const std::string name(project.dialect->lock_name());
  MODTOOL_TRY(const auto old_lock, project.dialect->parse_lock(before, revision + ":" + name));
  const auto& old = old_lock.checksums;
  std::vector<Finding> findings;
  for (const auto& [key, lines] : old.all()) {
    const auto& now = project.lock.checksums.lines(key);
    if (now.empty() || project.lock.checksums.check(key, lines.front().hash) == manifest::ChecksumVerdict::kMatch)
      continue;
    findings.push_back({.code = Code::kChecksumConflict,
                        .path = name,
                        .line = now.front().where.line,
                        .module = to_string(key),
                        .message = fmt::format("the hash of {} was changed since {}", to_string(key), revision),
                        .expected = lines.front().hash,
                        .actual = now.front().hash,
                        .anchor = lines.front().where});
  }
  auto line =
      fmt::format("{} since {}: {} entries compared, {} changed", name, revision, old.all().size(), findings.size());
  report.add(std::move(line), std::move(findings));
  report.checked += old.all().size();
  return {};
}

Result<void> check_cache(Session& session, const project::Project& project, ChecksReport& report) {
  const auto& cache = session.settings.module_cache;
  if (cache.empty() || !session.files.exists(cache)) {
    report.parts.push_back("module cache: none here");
    return {};
  }
  MODTOOL_TRY(const auto found,
              hash_cached_modules(session, listed_modules(project.lock.checksums), &project.lock.checksums, "hashing"));
  std::size_t checked = 0;
  std::vector<Finding> findings;
  for (const auto& module : found) {
    checked += module.checked;
    for (const auto& problem : module.problems) {
      findings.push_back({.code = problem.code,
                          .path = "module cache",
                          .module = to_string(module.module),
                          .message = problem.message,
                          .hint = "go clean -modcache"});
    }
  }
  auto line = fmt::format("module cache: {} zips and trees hashed, {} modified", checked, findings.size());
  report.add(std::move(line), std::move(findings));
  report.checked += checked;
  return {};
}

// Whether the lock is whole. Where a directory that stands in for a module is absent, no graph can be told here; what
// that means for vendor/ is said by the check of it.
Result<void> check_lock(const Session& session, OpenProject& opened) {
  const auto graph = opened.load_graph();
  if (graph) return {};
  const bool is_judged_later =
      graph.error().code == Code::kReplacementMissing && session.files.lstat(opened.project().vendor_directory());
  return is_judged_later ? Result<void>() : fail(graph.error());
}

// The same for modules that come from their origins themselves.
Result<void> check_sources(Session& session, OpenProject& project, bool upstream, ChecksReport& report) {
  MODTOOL_CHECK(check_lock(session, project));
  MODTOOL_TRY(auto sources, verify_sources(session, project, upstream));
  std::string line = fmt::format("sources: {} modules hashed, {} modified, {} not at hand", sources.hashed,
                                 sources.findings.size(), sources.absent);
  if (upstream) line += fmt::format("; {} tags are where they were locked", sources.asked);
  report.checked += sources.hashed;
  report.add(std::move(line), std::move(sources.findings));
  return {};
}

// The proof asks nobody; with `upstream` the project that is open may.
Result<vendor_tool::CheckReport> prove_vendor(Session& session, OpenProject& opened, const VerifyOptions& options) {
  if (!options.upstream) return check_open_vendor(session, opened, options.allow_unproven);
  return check_project_vendor(session, {.manifest_file = options.manifest_file,
                                        .allow_unproven = options.allow_unproven,
                                        .dialect = std::string(opened.project().dialect->name())});
}

Result<void> check_vendor(Session& session, OpenProject& opened, const VerifyOptions& options, ChecksReport& report) {
  const auto& project = opened.project();
  const auto there = session.files.lstat(project.vendor_directory());
  if (!there && !session.files.lstat(project.sums_path())) {
    report.parts.push_back((project.beside.empty() ? "vendor" : project.vendor_name()) + ": none here");
    return {};
  }
  MODTOOL_TRY(auto checked, prove_vendor(session, opened, options));
  auto line = describe_check(checked);
  report.checked += checked.files;
  report.add(std::move(line), std::move(checked.findings));
  return {};
}

// Green without a look at a single byte would be a lie.
Error nothing_to_check(bool could_vendor) {
  Error error{
      .code = Code::kNothingToCheck,
      .message = "nothing to check: there is neither a vendor directory nor a module of this project in the cache"};
  return could_vendor ? std::move(error).fix("modtool vendor") : error;
}

bool is_empty(const ChecksReport& report) {
  return report.checked == 0 && report.findings.empty() && report.failures.empty();
}

// Of several projects one that requires nothing has nothing to prove.
bool needs_proof(const project::Project& project, const ChecksReport& report) {
  return is_empty(report) && (project.beside.empty() || !project.manifest.require.empty());
}

Result<ChecksReport> verify_one(Session& session, const VerifyOptions& options, const std::string& dialect) {
  MODTOOL_TRY(const auto opened, OpenProject::open(session, {.command = "verify",
                                                             .manifest_file = options.manifest_file,
                                                             .dialect = dialect,
                                                             .offline = !options.upstream,
                                                             .use_index = false,
                                                             .vendors = true}));
  const auto& project = opened->project();
  const bool has_origins = opened->locking() != nullptr;
  if (options.upstream && !has_origins && dialect.empty()) {
    return fail(Code::kNotSupported, "`--upstream` is for modtool.lock only");
  }
  ChecksReport report;
  check_checksum_file(project, report);
  if (!options.since.empty()) MODTOOL_CHECK(check_since(project, options.since, report));
  MODTOOL_CHECK(has_origins ? check_sources(session, *opened, options.upstream, report)
                            : check_cache(session, project, report));
  MODTOOL_CHECK(check_vendor(session, *opened, options, report));
  if (needs_proof(project, report)) return fail(nothing_to_check(!project.manifest.require.empty()));
  return report;
}

}  // namespace

Result<ChecksReport> verify_project(Session& session, const VerifyOptions& options) {
  MODTOOL_TRY(auto report, check_projects(session, options.manifest_file, [&](const std::string& dialect) {
                return verify_one(session, options, dialect);
              }));
  if (is_empty(report)) return fail(nothing_to_check(false));
  return report;
}

}  // namespace modtool::cli
