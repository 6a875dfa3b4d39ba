#include "cli/tasks/verify.hpp"

#include <fmt/format.h>

#include <map>

#include <algorithm>
#include <set>

#include "cli/render/findings.hpp"
#include "core/base/text.hpp"
#include "core/engine/each_project.hpp"
#include "core/engine/open_project.hpp"
#include "core/engine/reviewed_lock.hpp"
#include "core/git/git_file.hpp"
#include "vendor_tool/proof/block_proof.hpp"
#include "vendor_tool/run/check_vendor.hpp"
#include "vendor_tool/run/verify_cache.hpp"
#include "vendor_tool/run/verify_sources.hpp"

namespace modtool::tasks {
namespace {

using manifest::LockedModule;
using module::ModuleVersion;
using vendor_tool::Finding;

void check_checksum_file(const project::Project& project, ChecksReport& report) {
  auto conflicts = vendor_tool::find_conflicts(project.lock.checksums);
  const auto name = project.dialect->lock_name();
  const std::string ending =
      conflicts.empty() ? "no hash contradicts another" : fmt::format("{} contradictions", conflicts.size());
  auto line = fmt::format("{}: {} entries, {}", name, project.lock.checksums.all().size(), ending);
  report.add(std::move(line), std::move(conflicts));
}

// What is locked of a known path@version never changes: whoever changed it changed what is downloaded or built.
class SinceRevision {
 public:
  SinceRevision(const project::Project& project, const manifest::Lock& before, const std::string& revision, Fix fix)
      : project_(project), before_(before), revision_(revision), fix_(std::move(fix)) {}

  std::vector<Finding> compare() && {
    for (const auto& [key, lines] : before_.checksums.all()) compare_hash(key, lines.front());
    std::map<ModuleVersion, const LockedModule*> now;
    for (const auto& locked : project_.lock.modules) now.emplace(locked.module, &locked);
    for (const auto& old : before_.modules) {
      const auto found = now.find(old.module);
      if (found != now.end()) compare_records(old, *found->second);
    }
    return std::move(findings_);
  }

 private:
  void compare_hash(const ModuleVersion& key, const manifest::ChecksumLine& old) {
    const auto& now = project_.lock.checksums.lines(key);
    if (now.empty() || project_.lock.checksums.check(key, old.hash) == manifest::ChecksumVerdict::kMatch) return;
    report("hash", to_string(key), old.where, now.front().where, old.hash, now.front().hash);
  }

  // Of a module that is selected in only one of the two, the other one says less.
  void compare_records(const LockedModule& old, const LockedModule& now) {
    const auto compare = [&](std::string_view what, const std::string& before, const std::string& after) {
      if (before != after) report(what, to_string(old.module), old.where, now.where, before, after);
    };
    if (!old.sum.empty() && !now.sum.empty()) {
      compare("archive", old.archive, now.archive);
      compare("reference", old.git.ref, now.git.ref);
      compare("commit", old.git.commit, now.git.commit);
      compare("tree", old.git.tree, now.git.tree);
      compare("list of executable files", old.executables, now.executables);
      compare("list of submodules", submodules_of(old), submodules_of(now));
      compare("list of omitted files", join(old.omitted, ", "), join(now.omitted, ", "));
    }
    // The project's own word on what a module requires may change.
    if (old.from == "describe" || now.from == "describe") return;
    compare("list of requirements", requirements_of(old), requirements_of(now));
    if (!old.sum.empty() && !now.sum.empty()) compare("manifest's hash", old.manifest_sum, now.manifest_sum);
  }

  static std::string submodules_of(const LockedModule& locked) {
    std::string text = std::to_string(locked.submodules_left_out) + " left out";
    for (const auto& pin : locked.submodules) text += fmt::format(", {} {} {}", pin.path, pin.url, pin.commit);
    return text;
  }

  static std::string requirements_of(const LockedModule& locked) {
    std::vector<std::string> modules;
    modules.reserve(locked.require.size());
    for (const auto& module : locked.require) modules.push_back(to_string(module));
    return join(modules, ", ");
  }

  void report(std::string_view what, const std::string& module, const Where& before, const Where& now,
              const std::string& expected, const std::string& actual) {
    findings_.push_back({.code = Code::kChecksumConflict,
                         .path = std::string(project_.dialect->lock_name()),
                         .line = now.line,
                         .module = module,
                         .message = fmt::format("the {} of {} was changed since {}", what, module, revision_),
                         .expected = expected,
                         .actual = actual,
                         .anchor = before,
                         .fix = fix_});
  }

  const project::Project& project_;
  const manifest::Lock& before_;
  const std::string& revision_;
  const Fix fix_;
  std::vector<Finding> findings_;
};

// What brings a revision that is not here: in a shallow clone, say, or where a pipeline names a branch that is none.
Fix bring_revision(const std::string& revision) {
  const auto compare_with = [](const std::string& other) { return Fix::again("verify", {"--since", other}); };
  if (revision.ends_with('/')) return compare_with("HEAD");
  const auto slash = revision.find('/');
  const Fix fetch = Fix::command({"git", "fetch", "--depth=1"});
  if (slash == revision.npos) return fetch.with("origin").with(revision).then(compare_with("FETCH_HEAD"));
  const std::string branch = revision.substr(slash + 1);
  return fetch.with(revision.substr(0, slash)).with(fmt::format("{}:refs/remotes/{}", branch, revision));
}

Result<void> check_since(const engine::Context& context, const project::Project& project, const std::string& revision,
                         ChecksReport& report) {
  const std::string name(project.dialect->lock_name());
  const auto before = git::read_git_file(project.lock_path, revision);
  if (!before && before.error().code == Code::kFileNotFound) {
    report.parts.push_back(fmt::format("{} since {}: it was not there, 0 entries compared", name, revision));
    return {};
  }
  if (!before && before.error().code == Code::kUnknownVersion) {
    return fail(Error(before.error()).with(bring_revision(revision)));
  }
  if (!before) return fail(before.error());
  MODTOOL_TRY(const auto old, project.dialect->parse_lock(*before, revision + ":" + name));
  auto findings = SinceRevision(project, old, revision, engine::restore_lock(context, project, revision)).compare();
  const auto entries = old.checksums.all().size();
  auto line = fmt::format("{} since {}: {} entries compared, {} changed", name, revision, entries, findings.size());
  report.add(std::move(line), std::move(findings));
  report.checked += entries;
  return {};
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

// The proof asks nobody; with `upstream` the project that is open may.
Result<vendor_tool::CheckReport> prove_vendor(const engine::Context& context, engine::OpenProject& opened,
                                              const VerifyOptions& options) {
  if (!options.upstream) return vendor_tool::check_open_vendor(context, opened, options.allow_unproven);
  const std::string dialect(opened.project().dialect->name());
  return vendor_tool::check_project_vendor(context, {.manifest_file = options.manifest_file,
                                                     .allow_unproven = options.allow_unproven,
                                                     .choice = {.which = project::Which::dialect(dialect)}});
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
                                                                     .offline = !options.upstream,
                                                                     .use_index = false,
                                                                     .vendors = true}));
  const auto& project = opened->project();
  const bool is_alone = !choice.which.names_dialect();
  if (options.upstream && !project.can.has_origins && is_alone) {
    return fail(Code::kNotSupported, "`--upstream` is for modtool.lock only");
  }
  ChecksReport report;
  check_checksum_file(project, report);
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
