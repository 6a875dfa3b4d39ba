
#include "cli/tasks/verify.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/proof_talk.hpp"
#include "cli/exit_code.hpp"
#include "cli/render/findings.hpp"

namespace modtool::cli {
namespace {

struct Flags {
  tasks::VerifyOptions verify;
  std::string format = "text";
};

std::string join_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

std::string render(const Session& session, const tasks::ChecksReport& report, const std::string& format) {
  const Verbosity verbosity = session.console.options().verbosity;
  const std::string summary = join_lines(report.parts);
  const auto findings = as_typed(session, report.all_findings());
  if (format == "json") return render_findings_json(findings, summary);
  if (format == "sarif") return render_findings_sarif(findings);
  const std::string shown = verbosity == Verbosity::kQuiet ? "" : summary;
  if (format == "github") return render_findings_github(findings) + shown;
  return render_findings_text(findings, verbosity == Verbosity::kVerbose) + shown;
}

Action configure(FlagSet& set) {
  auto flags = std::make_shared<Flags>();
  set.add_option("--format", flags->format, "text, json, github (annotations) or sarif")
      .choices({"text", "json", "github", "sarif"});
  set.add_option("--since", flags->verify.since, "no hash of a known version may have changed since that Git revision")
      .not_empty()
      .value("REV");
  set.add_switch("--upstream", flags->verify.upstream, "ask the repositories whether a locked tag has moved");
  set.add_switch(
      "--fetch", flags->verify.fetch,
      "prove what modtool.sums does not: fetch those modules and compare; nothing in the project is written");
  set.add_switch("--as-git-keeps", flags->verify.as_git_keeps,
                 "with --fetch: pass over files that .gitignore keeps out of Git and that no build reads");
  set.add_option("--modfile", flags->verify.manifest_file, "another manifest in the place of go.mod").value("FILE");
  set.add_option("--allow-unproven", flags->verify.allow_unproven, "let a module pass that nothing vouches for")
      .not_empty()
      .value("PATH");
  return [flags](Session& session) -> Result<int> {
    const std::string format = session.global.json ? "json" : flags->format;
    const auto report = tasks::verify_project(session.context, flags->verify);
    if (!report) {
      if (format != "text") session.console.print(render(session, tasks::report_of(report.error()), format));
      return fail(report.error());
    }
    session.console.print(render(session, *report, format));
    return report->exit_status();
  };
}

}  // namespace

constinit const Command kVerifyCommand = {
    .name = "verify",
    .group = "vendor and prove",
    .summary = "check everything that can be checked without the network: the one command for CI",
    .example = "modtool verify --format=github",
    .configure = configure,
};

}  // namespace modtool::cli
