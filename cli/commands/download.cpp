#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/operations/download.hpp"
#include "cli/render_error.hpp"

namespace modtool::cli {
namespace {

std::string render_json(const std::vector<DownloadedModule>& modules) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& [module, sum, error] : modules) {
    nlohmann::ordered_json json{{"path", module.path}, {"version", module.version}, {"sum", sum}};
    if (error) json["error"] = {{"code", to_string(error->code)}, {"message", to_line(*error)}};
    list.push_back(std::move(json));
  }
  return nlohmann::ordered_json{{"schema", 1}, {"modules", std::move(list)}}.dump(2) + "\n";
}

// The status of the gravest failure: a wrong hash before an absent module.
int render(Session& session, const std::vector<DownloadedModule>& modules) {
  if (session.global.json) session.console.print(render_json(modules));
  int status = kSuccess;
  std::size_t failed = 0;
  for (const auto& module : modules) {
    if (!module.error) {
      session.console.say_verbose(fmt::format("{} {}", to_string(module.module), module.sum));
      continue;
    }
    ++failed;
    session.console.say_error(render_error(*module.error));
    const int own = exit_code_of(module.error->code);
    if (status == kSuccess || own == exit_code_of(Code::kChecksumMismatch)) status = own;
  }
  session.console.say(failed == 0 ? fmt::format("{} modules are here, as they were locked", modules.size())
                                  : fmt::format("{} of {} modules failed", failed, modules.size()));
  return status;
}

Task configure(CLI::App&) {
  return [](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto modules, download_modules(session));
    return render(session, modules);
  };
}

}  // namespace

constinit const Command kDownloadCommand = {
    .name = "download",
    .group = "fetch",
    .summary = "fetch what modtool.lock names, and check its hashes",
    .example = "modtool download && modtool graph --frozen",
    .configure = configure,
};

}  // namespace modtool::cli
