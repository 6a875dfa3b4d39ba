#include <fmt/format.h>

#include <algorithm>

#include "cli/commands/commands.hpp"
#include "cli/commands/proof_talk.hpp"
#include "cli/exit_code.hpp"
#include "cli/render/error.hpp"
#include "cli/render/findings.hpp"
#include "cli/tasks/checks_report.hpp"
#include "cli/tasks/vendor_projects.hpp"
#include "core/base/first_few.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"
#include "core/engine/each_project.hpp"
#include "core/git/committed_files.hpp"
#include "vendor_tool/run/check_vendor.hpp"
#include "vendor_tool/run/git_notes.hpp"

namespace modtool::cli {
namespace {

// What Go says while it vendors: with -v each line of modules.txt.
void tell_as_go(Session& session, const vendor_tool::VendorReport& report, bool verbose) {
  for (const auto& error : report.plan.errors) session.console.say(render_go_error(error));
  if (verbose && !report.plan.empty()) session.console.say(trim(report.plan.modules_txt));
  if (report.plan.empty()) session.console.say("go: no dependencies to vendor");
}

struct Flags {
  vendor_tool::VendorOptions vendor;
  vendor_tool::CheckVendorOptions check;
  bool only_check = false;
  std::string as_committed;  // "true": as Git's index has it; else a revision
};

Result<void> tell_of_git(Session& session, const std::string& manifest_file, const engine::ProjectChoice& choice,
                         const std::set<std::string>& recorded) {
  const auto notes = vendor_tool::git_notes(session.context, manifest_file, choice, recorded);
  // A repository that libgit2 cannot open is no reason to fail: Git may know it.
  const bool is_unknown =
      !notes && (notes.error().code == Code::kBadGitRepository || notes.error().code == Code::kLibraryMissing);
  if (is_unknown) return {};
  if (!notes) return fail(notes.error());
  for (const auto& note : *notes) session.reporter.note("warning: " + note);
  return {};
}

Result<tasks::ChecksReport> check_one(Session& session, vendor_tool::CheckVendorOptions options,
                                      const engine::ProjectChoice& choice) {
  options.choice = choice;
  MODTOOL_TRY(auto report, vendor_tool::check_project_vendor(session.context, options));
  tasks::ChecksReport checks{.checked = report.files};
  MODTOOL_CHECK(tell_of_git(session, options.manifest_file, choice, report.recorded));
  auto line = describe_check(report, engine::named_dialect(session.context, choice));
  checks.add(std::move(line), std::move(report.findings));
  return checks;
}

void tell(Session& session, const tasks::ChecksReport& report) {
  const Verbosity verbosity = session.console.options().verbosity;
  const std::string summary = join(report.parts, "\n");
  const auto findings = as_typed(session, report.all_findings());
  if (session.global.json) return session.console.print(render_findings_json(findings, summary));
  session.console.print(render_findings_text(findings, verbosity == Verbosity::kVerbose));
  if (verbosity != Verbosity::kQuiet) session.console.print(summary + "\n");
}

// What a clone would have is staged, not vendored anew; a rule for line ends comes first, where that is the cure.
Fix staging(const vendor_tool::Finding& finding) {
  const Fix& fix = finding.fix;
  if (fix.empty() || fix.commands.front().output.empty()) {
    return Fix::command({"git", "add", "-A", "-f", "--", finding.path});
  }
  return Fix{.commands = {fix.commands.front()}}
      .then(Fix::command({"git", "add", "-f", "--", fix.commands.front().output}))
      .then(Fix::command({"git", "add", "--renormalize", "--", finding.path}));
}

Result<tasks::ChecksReport> check_committed(const engine::Context& committed, vendor_tool::CheckVendorOptions options,
                                            const engine::ProjectChoice& choice, const std::string& where) {
  options.choice = choice;
  MODTOOL_TRY(auto report, vendor_tool::check_project_vendor(committed, options));
  for (auto& finding : report.findings) finding.fix = staging(finding);
  tasks::ChecksReport checks{.checked = report.files};
  auto line = describe_check(report, engine::named_dialect(committed, choice));
  checks.add(fmt::format("{} (as {} has it)", line, where), std::move(report.findings));
  return checks;
}

Result<tasks::ChecksReport> check_all(Session& session, const Flags& flags) {
  const auto& options = flags.check;
  if (flags.as_committed.empty()) {
    return tasks::check_projects(session.context, options.manifest_file, [&](const engine::ProjectChoice& choice) {
      return check_one(session, options, choice);
    });
  }
  const bool is_index = flags.as_committed == "true";
  const auto& context = session.context;
  MODTOOL_TRY(const auto files,
              git::open_committed_files(context.files, context.settings.directory, is_index ? "" : flags.as_committed));
  const engine::Context committed{*files, context.pool, context.cancellation, context.settings, context.reporter};
  const std::string where = is_index ? "Git's index" : flags.as_committed;
  return tasks::check_projects(committed, options.manifest_file, [&](const engine::ProjectChoice& choice) {
    return check_committed(committed, options, choice, where);
  });
}

Result<int> check(Session& session, const Flags& flags) {
  const auto report = check_all(session, flags);
  if (report || session.global.json) tell(session, report ? *report : tasks::report_of(report.error()));
  if (!report) return fail(report.error());
  return report->exit_status();
}

// What was written, for one project or for several.
struct Written {
  std::size_t modules = 0;
  std::size_t files = 0;
  std::size_t kept = 0;  // by --with
  std::size_t left_out = 0;
  bool proof = true;
  bool changed = false;

  void add(const Written& other) {
    modules += other.modules;
    files += other.files;
    kept += other.kept;
    left_out += other.left_out;
    proof = proof && other.proof;
    changed = changed || other.changed;
  }
};

void add(json::Value& record, const Written& written) {
  add(record, "modules", written.modules);
  add(record, "files", written.files);
  if (written.kept > 0) add(record, "kept", written.kept);
  if (written.left_out > 0) add(record, "left_out", written.left_out);
  add(record, "proof", written.proof);
  add(record, "changed", written.changed);
}

std::size_t count_kept(const vendor_tool::VendorReport& report) {
  return static_cast<std::size_t>(std::ranges::count_if(report.plan.files, &vendor_tool::PlannedFile::is_added));
}

// Packages whose builds read what is not vendored.
json::Value lost_records(const std::vector<vendor_tool::VendorReport>& reports) {
  json::Value records = json::array();
  for (const auto& report : reports) {
    for (const auto& lost : report.lost) {
      append(records, json::object({{"package", lost.package}, {"files", lost.files}, {"with", lost.globs}}));
    }
  }
  return records;
}

// One record of what was written; of several projects the sums, and a record of each.
std::string render_json(const std::vector<vendor_tool::VendorReport>& reports) {
  Written all;
  json::Value projects = json::array();
  for (const auto& report : reports) {
    const Written written{.modules = report.plan.modules.size(),
                          .files = report.plan.files.size(),
                          .kept = count_kept(report),
                          .left_out = report.left_out.size(),
                          .proof = !report.sums_name.empty(),
                          .changed = report.changed};
    all.add(written);
    if (report.dialect.empty()) continue;
    json::Value one = json::object();
    add(one, written);
    add(one, "dialect", report.dialect);
    add(one, "vendor", report.vendor);
    append(projects, std::move(one));
  }
  json::Value document = json::object({{"schema", 1}});
  add(document, all);
  if (auto lost = lost_records(reports); !lost.elements.empty()) add(document, "lost", std::move(lost));
  if (!projects.elements.empty()) add(document, "projects", std::move(projects));
  return json::format_document(document);
}

std::string summary_of(const vendor_tool::VendorReport& report, bool sums_only) {
  if (report.plan.empty()) return "no dependencies to vendor";
  const std::string left_out =
      report.left_out.empty() ? "" : fmt::format(", with {} files left out as .gitignore says", report.left_out.size());
  const std::string proof = "; the proof is in " + report.sums_name + left_out;
  const std::string what = sums_only ? "hashed" : report.changed ? "vendored" : "nothing changed:";
  const std::size_t kept = count_kept(report);
  return fmt::format("{} {} files of {} modules{}{}", what, report.plan.files.size(), report.plan.modules.size(),
                     kept == 0 ? "" : fmt::format(", {} of them kept by --with", kept),
                     report.sums_name.empty() ? "; no modtool.sums is written with -o or -e" : proof);
}

std::string files_text(std::size_t count) { return count == 1 ? "1 file" : fmt::format("{} files", count); }

// Of each glob that is new, or takes nothing any more; with -v of all.
void tell_globs(Session& session, const vendor_tool::VendorReport& report) {
  const bool tells_all = session.console.options().verbosity == Verbosity::kVerbose;
  for (const auto& [glob, files, is_new] : report.with) {
    if (files == 0) {
      const std::string forget = to_command(Fix::modtool("vendor", {"--without", glob}));
      session.console.say(
          make_printable_line(fmt::format("  `--with {}` takes nothing any more; `{}` forgets it", glob, forget)));
    } else if (is_new || tells_all) {
      session.console.say(make_printable_line(fmt::format("  kept: {} ({})", glob, files_text(files))));
    }
  }
}

void tell_lost(Session& session, const vendor_tool::VendorReport& report) {
  for (const auto& lost : report.lost) {
    std::vector<std::string> arguments;
    for (const auto& glob : lost.globs) arguments.insert(arguments.end(), {"--with", glob});
    session.reporter.note(fmt::format("warning: {} needs {} that vendoring leaves out: {}; `{}` keeps {}", lost.package,
                                      files_text(lost.files.size()), first_few(lost.files),
                                      to_command(Fix::modtool("vendor", std::move(arguments)).naming(report.dialect)),
                                      lost.files.size() == 1 ? "it" : "them"));
  }
}

void tell(Session& session, const std::vector<vendor_tool::VendorReport>& reports, bool sums_only) {
  for (const auto& report : reports) {
    for (const auto& error : report.plan.errors) session.console.say_error(render_error(error));
  }
  if (session.global.json) return session.console.print(render_json(reports));
  if (session.console.options().verbosity == Verbosity::kQuiet) return;
  for (const auto& report : reports) {
    session.console.say((report.dialect.empty() ? "" : report.vendor + ": ") + summary_of(report, sums_only));
    for (const auto& [name, rule] : report.ignored) {
      const std::string shown = io::join_path(report.vendor, name);
      session.console.say(
          make_printable_line(fmt::format("  left out: {} ({}:{} `{}`)", shown, rule.file, rule.line, rule.text)));
    }
    tell_globs(session, report);
    tell_lost(session, report);
  }
}

// The first flag about what modtool.sums records, with its value; empty where there is none.
std::vector<std::string> recording_flag(const vendor_tool::VendorOptions& vendor) {
  if (vendor.as_git_keeps) return {"--as-git-keeps"};
  if (vendor.all_files) return {"--all-files"};
  if (!vendor.with.empty()) return {"--with", vendor.with.front()};
  if (!vendor.without.empty()) return {"--without", vendor.without.front()};
  return {};
}

// All of them are about the proof that is written.
Result<void> check_recording_flags(const Flags& flags) {
  const auto& vendor = flags.vendor;
  if (vendor.as_git_keeps && vendor.all_files) return fail(Code::kUsage, "`--as-git-keeps` or `--all-files`: not both");
  const bool writes_proof = !flags.only_check && vendor.output.empty() && !vendor.allow_errors;
  auto flag = recording_flag(vendor);
  if (writes_proof || flag.empty()) return {};
  Error error{.code = Code::kUsage,
              .message = fmt::format("`{}` is about the modtool.sums that is written", flag.front())};
  if (flag.size() == 1) flag.insert(flag.begin(), "--sums-only");
  return fail(std::move(error).with(Fix::modtool("vendor", std::move(flag))));
}

Action configure(FlagSet& set) {
  auto flags = std::make_shared<Flags>();
  set.add_switch("--check", flags->only_check,
                 "prove vendor/ and write nothing: exit 4 if it cannot be proven, 1 if it is out of date");
  set.add_switch("--as-committed", flags->as_committed,
                 "with --check: prove what a clone would have, by Git's index or (--as-committed=REV) by a revision")
      .not_empty();
  set.add_switch("--sums-only", flags->vendor.sums_only,
                 "write modtool.sums for the vendor/ that is there, and check it");
  set.add_switch("--as-git-keeps", flags->vendor.as_git_keeps,
                 "record in modtool.sums which files .gitignore keeps out of Git, so that a clone can do without them");
  set.add_switch("--all-files", flags->vendor.all_files, "forget which files were recorded as left out");
  set.add_option("--with", flags->vendor.with,
                 "vendor what GLOB names in vendor/, too (headers for cgo, say), in this and later runs")
      .not_empty()
      .value("GLOB");
  set.add_option("--without", flags->vendor.without, "forget a GLOB that was given with --with")
      .not_empty()
      .value("GLOB");
  set.add_option("-o,--output", flags->vendor.output, "vendor into DIR instead; no modtool.sums is written")
      .value("DIR");
  set.add_switch("-e,--allow-errors", flags->vendor.allow_errors,
                 "go on past packages that cannot be found; no modtool.sums is written");
  set.add_option("--modfile", flags->vendor.manifest_file, "another manifest in the place of go.mod").value("FILE");
  set.add_option("--allow-unproven", flags->check.allow_unproven,
                 "with --check: let a module pass that nothing vouches for")
      .not_empty()
      .value("PATH");
  return [flags](Session& session) -> Result<int> {
    flags->check.manifest_file = flags->vendor.manifest_file;
    MODTOOL_CHECK(check_recording_flags(*flags));
    if (flags->only_check) return check(session, *flags);
    if (!flags->as_committed.empty()) {
      return fail(Error{.code = Code::kUsage, .message = "`--as-committed` is about a check"}.with(
          Fix::modtool("vendor", {"--check", "--as-committed"})));
    }
    MODTOOL_TRY(const auto reports, tasks::vendor_projects(session.context, flags->vendor));
    const bool has_proof = std::ranges::none_of(reports, &std::string::empty, &vendor_tool::VendorReport::sums_name);
    const bool is_checked = flags->vendor.sums_only && has_proof;
    if (!is_checked || !session.global.json) tell(session, reports, flags->vendor.sums_only);
    if (is_checked) return check(session, *flags);  // what is there was not made by this run
    for (const auto& report : reports) {
      if (!flags->vendor.output.empty()) break;  // who knows what becomes of it
      engine::ProjectChoice choice;
      if (!report.dialect.empty()) choice.which = project::Which::dialect(report.dialect);
      MODTOOL_CHECK(tell_of_git(session, flags->vendor.manifest_file, choice, report.left_out));
    }
    return kSuccess;
  };
}

Action configure_mod(FlagSet& set) {
  auto options = std::make_shared<vendor_tool::VendorOptions>(vendor_tool::VendorOptions{.go_face = true});
  auto verbose = std::make_shared<bool>(false);
  set.add_option("-o,--o", options->output);
  set.add_option("--modfile", options->manifest_file);
  set.add_switch("--modcacherw", options->writable_cache);
  set.add_switch("-e,--e", options->allow_errors);
  set.add_switch("-v,--v", *verbose);
  return [options, verbose](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto reports, tasks::vendor_projects(session.context, *options));
    tell_as_go(session, reports.front(), *verbose);
    return kSuccess;
  };
}

}  // namespace

constinit const Command kVendorCommand = {
    .name = "vendor",
    .group = "vendor and prove",
    .summary = "copy the sources of all dependencies into vendor/, with their proof, or check them",
    .example = "modtool vendor && modtool vendor --check",
    .configure = configure,
};

constinit const Command kModVendorCommand = {
    .name = "mod vendor",
    .group = "",
    .summary = "make the vendor directory, as the go command does",
    .example = "modtool mod vendor -v",
    .configure = configure_mod,
    .is_go_face = true,
    .go_usage = "mod vendor [-e] [-v] [-o outdir]",
    .go_refusal = "'go mod vendor' accepts no arguments",
};

}  // namespace modtool::cli
