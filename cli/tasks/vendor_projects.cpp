#include "cli/tasks/vendor_projects.hpp"

#include <fmt/format.h>

#include <memory>

#include "core/engine/each_project.hpp"

namespace modtool::tasks {
namespace {

using engine::ProjectChoice;
using vendor_tool::VendorOptions;
using vendor_tool::VendorReport;
using vendor_tool::VendorRun;

using Choices = std::vector<ProjectChoice>;
using Runs = std::vector<std::unique_ptr<VendorRun>>;

// `-o` is one directory, and `-e` gives up the proof of a project: neither is meant for several.
Result<void> check_options(const VendorOptions& options, const Choices& choices) {
  const bool is_for_one = !options.output.empty() || options.allow_errors;
  if (choices.size() == 1 || !is_for_one) return {};
  const std::string flag = options.output.empty() ? "-e" : "-o";
  return fail(
      Error{.code = Code::kUsage,
            .message = fmt::format("`{}` is about one project, and this directory has {}", flag, choices.size())}
          .with(Fix::again("vendor", {}).naming(choices.front().which.name())));
}

Result<Runs> prepare(const engine::Context& context, const VendorOptions& options, const Choices& choices) {
  MODTOOL_TRY(auto outcomes, engine::run_each<std::unique_ptr<VendorRun>>(choices, [&](const ProjectChoice& choice) {
                return VendorRun::prepare(context, options, choice);
              }));
  auto runs = engine::all_or_none(std::move(outcomes));
  if (!runs && choices.size() > 1) {
    context.reporter.note("nothing is written for any project here; --dialect vendors one alone");
  }
  return runs;
}

// An error of one of several, with what became of the others.
Error placed_among(Error error, const Choices& choices, std::size_t failed) {
  error.fix = error.fix.naming(choices[failed].which.name());
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const char* became = i < failed ? " is vendored already" : " was not begun";
    if (i != failed) error.context.push_back(engine::manifest_name_of(choices[i]) + became);
  }
  return std::move(error).in("vendoring " + engine::manifest_name_of(choices[failed]));
}

}  // namespace

Result<std::vector<VendorReport>> vendor_projects(const engine::Context& context, const VendorOptions& options) {
  Choices choices = {ProjectChoice{}};
  if (!options.go_face) {
    MODTOOL_TRY(choices, engine::choose_projects(context, options.manifest_file));
  }
  MODTOOL_CHECK(check_options(options, choices));
  MODTOOL_TRY(const auto runs, prepare(context, options, choices));
  std::vector<VendorReport> reports;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    auto report = runs[i]->write();
    if (!report && runs.size() > 1) return fail(placed_among(std::move(report).error(), choices, i));
    if (!report) return fail(std::move(report).error());
    report->dialect = choices[i].which.name();
    reports.push_back(std::move(*report));
  }
  return reports;
}

}  // namespace modtool::tasks
