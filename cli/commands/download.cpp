#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/render/causes.hpp"
#include "cli/render/error.hpp"
#include "cli/render/fix.hpp"
#include "core/base/first_few.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"
#include "core/engine/download.hpp"
#include "core/engine/each_project.hpp"

namespace modtool::cli {
namespace {

json::Value as_json(const Error& error) {
  auto record = json::object({{"code", to_string(error.code)}, {"message", to_line(error)}});
  add_fix(record, error.fix);
  return record;
}

// Several problems are several errors.
void append_json(const Error& error, json::Value& list) {
  if (error.problems.empty()) append(list, as_json(error));
  for (const auto& problem : error.problems) append(list, as_json(problem));
}

std::string render_json(const engine::Downloads& downloads, const TypedCommand& typed) {
  json::Value modules = json::array();
  for (const auto& report : downloads.reports) {
    for (const auto& [module, sum, error] : report.modules) {
      json::Value one = json::object({{"path", module.path}, {"version", module.version}, {"sum", sum}});
      add_if_any(one, "dialect", report.dialect);
      if (error) add(one, "error", as_json(typed.complete(*error)));
      append(modules, std::move(one));
    }
  }
  json::Value errors = json::array();
  for (const auto& failure : downloads.failures) append_json(typed.complete(failure), errors);
  json::Value document = json::object({{"schema", 1}, {"modules", std::move(modules)}});
  for (const auto& report : downloads.reports) {
    if (report.learned > 0) add(document, "added_lines", report.learned);
    if (report.proxy.empty()) continue;
    add(document, "proxy", report.proxy);
    add(document, "new_files", report.copied);
  }
  if (!errors.elements.empty()) add(document, "errors", std::move(errors));
  return json::format_document(document);
}

// A line that says how the modules of a project fared.
std::string summary_of(const engine::DownloadReport& report) {
  const auto failed =
      std::ranges::count_if(report.modules, [](const auto& module) { return module.error.has_value(); });
  std::string text = failed == 0 ? fmt::format("{} modules are here, as they were locked", report.modules.size())
                                 : fmt::format("{} of {} modules failed", failed, report.modules.size());
  if (report.unlocked > 0) text += fmt::format("; {} has no hash of {} others", report.lock_name, report.unlocked);
  if (report.learned > 0) text += fmt::format("; {} lines were added to {}", report.learned, report.lock_name);
  if (!report.proxy.empty()) text += fmt::format("; {} files are new in {}", report.copied, report.proxy);
  return report.dialect.empty() ? text : report.lock_name + ": " + text;
}

// One cause is one error, however many modules it keeps away: the first, with the names of the others.
std::vector<Error> one_for_each_cause(const engine::DownloadReport& report) {
  std::map<std::pair<Code, std::string>, std::vector<const engine::DownloadedModule*>> causes;
  for (const auto& module : report.modules) {
    if (module.error) causes[{module.error->code, std::string(cause_of(module.error->message))}].push_back(&module);
  }
  std::vector<Error> errors;
  for (const auto& [cause, modules] : causes) {
    Error error = *modules.front()->error;
    if (modules.size() > 1) {
      std::vector<std::string> others;
      others.reserve(modules.size());
      for (const auto* other : std::span(modules).subspan(1)) others.push_back(to_string(other->module));
      error.context.push_back(fmt::format("as for {} other modules: {}", others.size(), first_few(others)));
    }
    errors.push_back(std::move(error));
  }
  return errors;
}

void tell(Session& session, const engine::DownloadReport& report, std::vector<Error>& errors) {
  for (const auto& error : one_for_each_cause(report)) {
    session.console.say_error(render_error(session.typed.complete(error)));
  }
  for (const auto& [module, sum, error] : report.modules) {
    if (error) errors.push_back(*error);
    if (!error) session.console.say_verbose(fmt::format("{} {}", to_string(module), sum));
  }
  session.console.tell(summary_of(report));
}

// The status of the gravest failure: a wrong hash before an absent module.
int render(Session& session, const engine::Downloads& downloads) {
  if (session.global.json) session.console.print(render_json(downloads, session.typed));
  std::vector<Error> errors;
  for (const auto& report : downloads.reports) tell(session, report, errors);
  for (const auto& failure : downloads.failures) {
    session.console.say_error(render_error(session.typed.complete(failure)));
    errors.push_back(failure);
  }
  return errors.empty() ? kSuccess : exit_code_of(engine::join_errors(std::move(errors)).code);
}

Action configure(FlagSet& set) {
  auto options = std::make_shared<engine::DownloadOptions>();
  set.add_option("--to", options->to,
                 "make DIR a proxy with them that go can use (GOPROXY=file://DIR); what is there stays")
      .value("DIR")
      .not_empty();
  set.add_option("--modfile", options->manifest_file, "another manifest in the place of go.mod").value("FILE");
  return [options](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto downloads, engine::download_modules(session.context, *options));
    return render(session, downloads);
  };
}

}  // namespace

constinit const Command kDownloadCommand = {
    .name = "download",
    .group = "fetch",
    .summary = "fetch what modtool.lock or go.sum names, and check its hashes",
    .example = "modtool download && modtool graph --frozen",
    .configure = configure,
};

}  // namespace modtool::cli
