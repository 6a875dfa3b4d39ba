#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/commands/edit_report.hpp"
#include "core/engine/edit.hpp"

namespace modtool::cli {
namespace {

struct Flags {
  std::string module;
  std::string with;
  bool drop = false;
  bool dry_run = false;
};

Result<int> run(Session& session, const Flags& flags) {
  if (flags.drop != flags.with.empty()) {
    return fail(Code::kUsage, flags.drop ? "`--drop` takes the module alone" : "what replaces the module is missing");
  }
  const auto at = flags.module.find('@');
  const module::ModuleVersion from{flags.module.substr(0, at),
                                   at == std::string::npos ? "" : flags.module.substr(at + 1)};
  MODTOOL_TRY(const auto report,
              engine::replace_module(session.context, {.from = from, .with = flags.with, .dry_run = flags.dry_run}));
  return render_edit(session, report, flags.dry_run);
}

Action configure(FlagSet& set) {
  auto flags = std::make_shared<Flags>();
  set.add_argument("MODULE", flags->module, "what is replaced: PATH, or PATH@VERSION for that version only").required();
  set.add_argument("WITH", flags->with, "a directory, or PATH@VERSION");
  set.add_switch("--drop", flags->drop, "replace it no more");
  set.add_switch("--dry-run", flags->dry_run, "show what would change, and write nothing");
  return [flags](Session& session) { return run(session, *flags); };
}

}  // namespace

constinit const Command kReplaceCommand = {
    .name = "replace",
    .group = "change",
    .summary = "let a directory or another module stand in for a module",
    .example = "modtool replace example.com/log ../log",
    .configure = configure,
};

}  // namespace modtool::cli
