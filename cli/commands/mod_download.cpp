#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/render/error.hpp"
#include "cli/render/go_json.hpp"
#include "core/base/json.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"
#include "core/engine/mod_download.hpp"

namespace modtool::cli {
namespace {

// As the go command's encoder writes the same record, empty members left out.
std::string render_record(const engine::ModDownload& download) {
  const auto& parts = download.parts;
  json::Value record = json::object();
  add_if_any(record, "Path", download.module.path);
  add_if_any(record, "Version", download.module.version);
  add_if_any(record, "Query", download.query);
  add_if_any(record, "Error", parts.error ? to_line(*parts.error) : "");
  add_if_any(record, "Info", parts.info);
  add_if_any(record, "GoMod", parts.go_mod);
  add_if_any(record, "Zip", parts.zip);
  add_if_any(record, "Dir", parts.directory);
  add_if_any(record, "Sum", parts.sum);
  add_if_any(record, "GoModSum", parts.go_mod_sum);
  if (auto origin = json::parse_strict(download.origin, ""); origin && !download.origin.empty()) {
    add(record, "Origin", std::move(*origin));
  }
  return format_go_json(record) + "\n";
}

// The exit status.
int tell(Session& session, const engine::ModDownloads& downloads, bool as_json) {
  for (const auto& pattern : downloads.unmatched) {
    session.console.say(fmt::format("warning: pattern {} matched no module dependencies", quote(pattern)));
  }
  bool has_failed = false;
  for (const auto& download : downloads.modules) {
    if (as_json) session.console.print(render_record(download));
    if (!download.parts.error) continue;
    has_failed = true;
    if (!as_json) session.console.say(render_go_error(*download.parts.error));
  }
  if (downloads.failure) session.console.say(render_go_error(*downloads.failure));
  return has_failed || downloads.failure ? 1 : kSuccess;
}

Action configure(FlagSet& set) {
  auto options = std::make_shared<engine::ModDownloadOptions>();
  auto trace = std::make_shared<bool>(false);
  set.add_switch("--json", options->adds_past_errors);
  set.add_option("--reuse", options->reuse);
  set.add_option("--modfile", options->manifest_file);
  set.add_switch("--modcacherw", options->writable_cache);
  set.add_switch("-x,--x", *trace);
  return [options, trace](Session& session) -> Result<int> {
    if (*trace) session.reporter.trace_requests();
    session.reporter.leave_out_downloads();
    options->arguments = session.global.passed_on;
    MODTOOL_TRY(const auto downloads, engine::mod_download(session.context, *options));
    return tell(session, downloads, options->adds_past_errors);
  };
}

}  // namespace

constinit const Command kModDownloadCommand = {
    .name = "mod download",
    .group = "",
    .summary = "bring modules to the module cache, as the go command does",
    .example = "modtool mod download -json example.com/a@latest",
    .configure = configure,
    .is_go_face = true,
    .go_usage = "mod download [-x] [-json] [-reuse=old.json] [modules]",
    .passes_on = true,
};

}  // namespace modtool::cli
