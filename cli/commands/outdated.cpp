#include <fmt/format.h>

#include <algorithm>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"
#include "core/engine/outdated.hpp"

namespace modtool::cli {
namespace {

std::string age_of(const engine::OutdatedModule& module) {
  return module.latest == module.module.version ? "-" : fmt::format("{}d", module.days);
}

std::string remarks_on(const engine::OutdatedModule& module) {
  std::string text;
  const auto add = [&text](const std::string& remark) { text += (text.empty() ? "" : "; ") + remark; };
  if (module.latest != module.wanted) add(module.latest + " is not compatible");
  if (module.retracted) add(module.retraction.empty() ? "retracted" : "retracted: " + module.retraction);
  if (!module.deprecated.empty()) add("deprecated: " + module.deprecated);
  return make_printable_line(text);  // others' words
}

using Row = std::vector<std::string>;

// Columns as wide as their widest cell, the last one as it is.
std::string format_table(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += fmt::format("{:<{}}  ", row[i], widths[i]);
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

std::string render_text(const std::vector<engine::OutdatedModule>& modules) {
  std::vector<Row> rows = {{"module", "", "current", "wanted", "latest", "behind", ""}};
  for (const auto& module : modules) {
    rows.push_back({module.module.path, module.direct ? "direct" : "indirect", module.module.version, module.wanted,
                    module.latest, age_of(module), remarks_on(module)});
  }
  return rows.size() == 1 ? "" : format_table(rows);
}

json::Value as_json(const engine::OutdatedModule& module) {
  json::Value one = json::object({{"path", module.module.path},
                                  {"direct", module.direct},
                                  {"current", module.module.version},
                                  {"wanted", module.wanted},
                                  {"latest", module.latest},
                                  {"daysBehind", module.days}});
  if (module.retracted) add(one, "retracted", module.retraction);
  add_if_any(one, "deprecated", module.deprecated);
  return one;
}

std::string render_json(const std::vector<engine::OutdatedModule>& modules) {
  json::Value list = json::array();
  for (const auto& module : modules) append(list, as_json(module));
  return json::format_document(json::object({{"schema", 1}, {"modules", std::move(list)}}));
}

Action configure(FlagSet& set) {
  auto exit_code = std::make_shared<bool>(false);
  auto direct = std::make_shared<bool>(false);
  set.add_switch("--exit-code", *exit_code, "exit 1 where anything is listed");
  set.add_switch("--direct", *direct, "only what the manifest requires itself");
  return [=](Session& session) -> Result<int> {
    MODTOOL_TRY(auto modules, engine::find_outdated(session.context, *exit_code));
    std::erase_if(modules, [&](const engine::OutdatedModule& m) { return !m.is_notable() || (*direct && !m.direct); });
    session.console.print(session.global.json ? render_json(modules) : render_text(modules));
    if (modules.empty()) session.console.tell("everything is up to date");
    return *exit_code && !modules.empty() ? kDifferences : kSuccess;
  };
}

}  // namespace

constinit const Command kOutdatedCommand = {
    .name = "outdated",
    .group = "look",
    .summary = "show which modules have newer versions",
    .example = "modtool outdated --exit-code",
    .configure = configure,
};

}  // namespace modtool::cli
