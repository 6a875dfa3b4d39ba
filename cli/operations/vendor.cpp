#include "cli/operations/vendor.hpp"

#include <fmt/format.h>

#include "cli/operations/each_project.hpp"
#include "cli/operations/vendor_run.hpp"

namespace modtool::cli {
namespace {

using Runs = std::vector<std::unique_ptr<VendorRun>>;

// `-o` is one directory, and `-e` gives up the proof of a project: neither is meant for several.
Result<void> check_options(const VendorOptions& options, const std::vector<std::string>& dialects) {
  const bool is_for_one = !options.output.empty() || options.allow_errors;
  if (dialects.size() == 1 || !is_for_one) return {};
  const std::string flag = options.output.empty() ? "-e" : "-o";
  const std::string words = options.output.empty() ? flag : flag + " " + options.output;
  return fail(
      Error{.code = Code::kUsage,
            .message = fmt::format("`{}` is about one project, and this directory has {}", flag, dialects.size())}
          .fix(fmt::format("{} {}", with_dialect("modtool vendor", dialects.front()), words)));
}

Result<Runs> prepare(Session& session, const VendorOptions& options, const std::vector<std::string>& dialects) {
  MODTOOL_TRY(auto outcomes, run_each<std::unique_ptr<VendorRun>>(session, dialects, [&](const auto& dialect) {
                return VendorRun::prepare(session, options, dialect);
              }));
  auto runs = all_or_none(std::move(outcomes));
  if (!runs && dialects.size() > 1)
    session.reporter.note("nothing is written for any project here; --dialect vendors one alone");
  return runs;
}

// An error of one of several, with what became of the others.
Error placed_among(const Session& session, Error error, const std::vector<std::string>& dialects, std::size_t failed) {
  error.hint = with_dialect(error.hint, dialects[failed]);
  for (std::size_t i = 0; i < dialects.size(); ++i) {
    const char* became = i < failed ? " is vendored already" : " was not begun";
    if (i != failed) error.context.push_back(manifest_name_of(session, dialects[i]) + became);
  }
  return std::move(error).in("vendoring " + manifest_name_of(session, dialects[failed]));
}

}  // namespace

Result<std::vector<VendorReport>> vendor_projects(Session& session, const VendorOptions& options) {
  const auto dialects = options.go_face ? std::vector<std::string>{""} : dialects_here(session, options.manifest_file);
  MODTOOL_CHECK(check_options(options, dialects));
  MODTOOL_TRY(const auto runs, prepare(session, options, dialects));
  std::vector<VendorReport> reports;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    auto report = runs[i]->write();
    if (!report && runs.size() > 1) return fail(placed_among(session, std::move(report).error(), dialects, i));
    if (!report) return fail(std::move(report).error());
    report->dialect = dialects[i];
    reports.push_back(std::move(*report));
  }
  return reports;
}

}  // namespace modtool::cli
