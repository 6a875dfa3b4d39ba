#include "cli/tasks/verify.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/render/findings.hpp"
#include "cli/tasks/since_revision.hpp"
#include "core/engine/each_project.hpp"
#include "core/engine/open_project.hpp"
#include "vendor_tool/proof/block_proof.hpp"
#include "vendor_tool/run/check_vendor.hpp"
#include "vendor_tool/run/verify_cache.hpp"
#include "vendor_tool/run/verify_sources.hpp"

namespace modtool::tasks {
namespace {

using vendor_tool::Finding;

void check_checksum_file(const project::Project& project, const VerifyOptions& options, ChecksReport& report) {
  auto conflicts = vendor_tool::find_conflicts(project.lock.checksums);
  const auto name = io::base_name(project.lock_path);
  const std::string ending =
      conflicts.empty() ? "no hash contradicts another" : fmt::format("{} contradictions", conflicts.size());
  auto line = fmt::format("{}: {} entries, {}", name, project.lock.checksums.all().size(), ending);
  if (options.fetch && options.since.empty())
    line += "; compared with nothing that was reviewed: --since REV does that";
  report.add(std::move(line), std::move(conflicts));
}

Result<void> check_cache(const engine::Context& context, const project::Project& project, ChecksReport& report) {
  const auto& cache = context.settings.module_cache;
  MODTOOL_TRY(const auto there, context.files.stat(cache).if_there());
  if (!there) {
    report.parts.push_back("module cache: none here");
    return {};
  }
  MODTOOL_TRY(const auto found,
              vendor_tool::hash_cached_modules(context, vendor_tool::listed_modules(project.lock.checksums),
                                               &project.lock.checksums, "hashing"));
  std::size_t checked = 0;
  std::vector<Finding> findings;
  for (const auto& module : found) {
    checked += module.checked;
    for (const auto& problem : module.problems) {
      findings.push_back({.code = problem.code,
                          .path = "module cache",
                          .module = to_string(module.module),
                          .message = problem.message,
                          .fix = Fix::command({"go", "clean", "-modcache"})});
    }
  }
  auto line = fmt::format("module cache: {} zips and trees hashed, {} modified", checked, findings.size());
  report.add(std::move(line), std::move(findings));
  report.checked += checked;
  return {};
}

// Whether the lock is whole. Where a directory that stands in for a module is absent, no graph can be told here; what
// that means for vendor/ is said by the check of it.
Result<void> check_lock(const engine::Context& context, engine::OpenProject& opened) {
  const auto graph = opened.load_graph();
  if (graph) return {};
  if (graph.error().code != Code::kReplacementMissing) return fail(graph.error());
  MODTOOL_TRY(const auto is_judged_later, context.files.lstat(opened.project().vendor_directory()).if_there());
  return is_judged_later ? Result<void>() : fail(graph.error());
}

// The same for modules that come from their origins themselves.
Result<void> check_sources(const engine::Context& context, engine::OpenProject& opened, bool upstream,
                           ChecksReport& report) {
  MODTOOL_CHECK(check_lock(context, opened));
  MODTOOL_TRY(auto sources, vendor_tool::verify_sources(context, opened, upstream));
  std::string line = fmt::format("sources: {} modules hashed, {} modified, {} not at hand", sources.hashed,
                                 sources.findings.size(), sources.absent);
  if (upstream) line += fmt::format("; {} tags are where they were locked", sources.asked);
  report.checked += sources.hashed;
  report.add(std::move(line), std::move(sources.findings));
  return {};
}

// The proof asks nobody unless it is to fetch; with `upstream` the project that is open may.
Result<vendor_tool::CheckReport> prove_vendor(const engine::Context& context, engine::OpenProject& opened,
                                              const VerifyOptions& options) {
  if (options.fetch || !options.upstream) {
    return vendor_tool::check_open_vendor(
        context, opened,
        {.allow_unproven = options.allow_unproven, .fetch = options.fetch, .as_git_keeps = options.as_git_keeps});
  }
  const std::string dialect(opened.project().dialect->name());
  return vendor_tool::check_project_vendor(context, {.manifest_file = options.manifest_file,
                                                     .allow_unproven = options.allow_unproven,
                                                     .choice = {.which = project::Which::dialect(dialect)}});
}

// What was proven without modtool.sums is to be proven with it the next time.
std::string describe_renewal(const vendor_tool::CheckReport& checked, const project::Project& project,
                             const std::string& dialect) {
  const bool has_sums = checked.evidence.starts_with(project.sums_name());
  if (has_sums && !checked.sums_are_stale) return "";
  const std::string renew = to_command(Fix::modtool("vendor", {"--sums-only"}).naming(dialect));
  return fmt::format("\n  {} is {}: {}", project.sums_name(), has_sums ? "to be renewed" : "not there yet", renew);
}

Result<void> check_vendor(const engine::Context& context, engine::OpenProject& opened, const VerifyOptions& options,
                          const std::string& dialect, ChecksReport& report) {
  const auto& project = opened.project();
  MODTOOL_TRY(const auto vendor, context.files.lstat(project.vendor_directory()).if_there());
  MODTOOL_TRY(const auto sums, context.files.lstat(project.sums_path()).if_there());
  if (!vendor && !sums && !vendor_tool::has_half_done_vendor(context.files, project)) {
    report.parts.push_back((project.beside.empty() ? "vendor" : project.vendor_name()) + ": none here");
    return {};
  }
  MODTOOL_TRY(auto checked, prove_vendor(context, opened, options));
  auto line = cli::describe_check(checked, dialect);
  if (options.as_git_keeps) {
    for (const auto& path : checked.ignored) line += "\n  left out of Git: " + path;
  }
  if (options.fetch && checked.passed()) line += describe_renewal(checked, project, dialect);
  report.checked += checked.files + checked.directories.size();
  report.add(std::move(line), std::move(checked.findings));
  return {};
}

// Green without a look at a single byte would be a lie.
Error nothing_to_check() {
  return Error{.code = Code::kNothingToCheck,
               .message =
                   "nothing to check: there is neither a vendor directory nor a module of this project in the "
                   "cache"}
      .with(Fix::modtool("vendor"));
}

bool is_empty(const ChecksReport& report) {
  return report.checked == 0 && report.findings.empty() && report.failures.empty();
}

// What requires nothing has nothing to prove.
bool needs_proof(const project::Project& project, const ChecksReport& report) {
  return is_empty(report) && !project.manifest.require.empty();
}

Result<ChecksReport> verify_one(const engine::Context& context, const VerifyOptions& options,
                                const engine::ProjectChoice& choice) {
  MODTOOL_TRY(const auto opened, engine::OpenProject::open(context, {.command = "verify",
                                                                     .manifest_file = options.manifest_file,
                                                                     .choice = choice,
                                                                     .offline = !options.upstream && !options.fetch,
                                                                     .use_index = false,
                                                                     .vendors = true}));
  const auto& project = opened->project();
  const bool is_alone = !choice.which.names_dialect();
  if (options.upstream && !project.can.has_origins && is_alone) {
    return fail(Error{.code = Code::kNotSupported, .message = "`--upstream` is for modtool.lock only"}.with(
        Fix::again("verify", {}, "--upstream")));
  }
  if (options.as_git_keeps && !options.fetch) {
    return fail(
        Error{.code = Code::kUsage, .message = "`--as-git-keeps` is about what is fetched to compare with"}.with(
            Fix::again("verify", {"--fetch"}, "--fetch")));
  }
  ChecksReport report;
  check_checksum_file(project, options, report);
  if (!options.since.empty()) MODTOOL_CHECK(check_since(context, project, options.since, report));
  MODTOOL_CHECK(project.can.has_origins ? check_sources(context, *opened, options.upstream, report)
                                        : check_cache(context, project, report));
  MODTOOL_CHECK(check_vendor(context, *opened, options, engine::named_dialect(context, choice), report));
  if (needs_proof(project, report)) return fail(nothing_to_check());
  return report;
}

}  // namespace

Result<ChecksReport> verify_project(const engine::Context& context, const VerifyOptions& options) {
  return check_projects(context, options.manifest_file,
                        [&](const engine::ProjectChoice& choice) { return verify_one(context, options, choice); });
}

}  // namespace modtool::tasks
