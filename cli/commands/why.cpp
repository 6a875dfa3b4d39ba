#include <fmt/format.h>

#include <algorithm>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"
#include "core/engine/why.hpp"

namespace modtool::cli {
namespace {

std::string join_chain(const std::vector<std::string>& steps) { return join(steps, " -> "); }

std::string render_imports(const engine::WhyImported& imported) {
  if (!imported.chain.empty()) return fmt::format("imports: {}\n", join_chain(imported.chain));
  if (imported.unknown.empty()) return "(no package of the main module imports it, directly or through others)\n";
  return fmt::format("(whether it is imported cannot be told: {})\n", imported.unknown);
}

std::string render_text(const std::vector<engine::WhyAnswer>& answers) {
  std::string text;
  for (const auto& answer : answers) {
    if (!text.empty()) text += "\n";
    text += fmt::format("# {}\n", to_string(module::ModuleVersion{answer.path, answer.version}));
    if (answer.version.empty() && answer.chains.empty()) {
      const std::string meant = answer.nearest.empty() ? "" : fmt::format("; the nearest is `{}`", answer.nearest);
      text += fmt::format("(the module graph does not hold it{})\n", meant);
    }
    for (const auto& chain : answer.chains) {
      text += join_chain(resolve::names_of(chain)) + "\n";
    }
    if (answer.imported) text += render_imports(*answer.imported);
  }
  return text;
}

json::Value imports_value(const engine::WhyImported& imported) {
  json::Value imports = json::object({{"chain", imported.chain}});
  add_if_any(imports, "unknown", imported.unknown);
  return imports;
}

std::string render_json(const std::vector<engine::WhyAnswer>& answers) {
  json::Value list = json::array();
  for (const auto& answer : answers) {
    json::Value chains = json::array();
    for (const auto& chain : answer.chains) append(chains, resolve::names_of(chain));
    json::Value one = json::object({{"path", answer.path}, {"version", answer.version}, {"chains", std::move(chains)}});
    add_if_any(one, "dialect", answer.dialect);
    add_if_any(one, "nearest", answer.nearest);
    if (answer.imported) add(one, "imports", imports_value(*answer.imported));
    append(list, std::move(one));
  }
  return json::format_document(json::object({{"schema", 1}, {"answers", std::move(list)}}));
}

Action configure(FlagSet& set) {
  auto options = std::make_shared<engine::WhyOptions>();
  set.add_argument("MODULE", options->paths, "module paths").required();
  set.add_switch("--all", options->all, "every requirement on the module, not only a shortest way to each version");
  set.add_switch("--version", options->version, "only what asks for the selected version");
  return [options](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto answers, engine::explain_modules(session.context, *options));
    session.console.print(session.global.json ? render_json(answers) : render_text(answers));
    const bool all_there = std::ranges::all_of(answers, [](const engine::WhyAnswer& a) { return !a.chains.empty(); });
    return all_there ? kSuccess : kDifferences;
  };
}

}  // namespace

constinit const Command kWhyCommand = {
    .name = "why",
    .group = "look",
    .summary = "show what requires a module, and what imports it",
    .example = "modtool why --all example.com/log",
    .configure = configure,
};

}  // namespace modtool::cli
