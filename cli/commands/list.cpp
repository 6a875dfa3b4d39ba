#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/operations/list.hpp"

namespace modtool::cli {
namespace {

std::string with_space(const module::ModuleVersion& module) {
  return module.version.empty() ? module.path : fmt::format("{} {}", module.path, module.version);
}

// As `go list -m all` writes a module.
std::string render_text(const std::vector<ListedModule>& modules) {
  std::string text;
  for (const auto& listed : modules) {
    text += with_space(listed.module);
    if (!listed.replacement.path.empty()) text += " => " + with_space(listed.replacement);
    text += "\n";
  }
  return text;
}

nlohmann::ordered_json as_json(const ListedModule& listed) {
  nlohmann::ordered_json json{{"path", listed.module.path}};
  const auto add = [&json](const char* key, const std::string& value) {
    if (!value.empty()) json[key] = value;
  };
  add("version", listed.module.version);
  if (listed.module.version.empty()) json["main"] = true;
  if (listed.indirect) json["indirect"] = true;
  add("sum", listed.sum);
  if (!listed.git.commit.empty()) {
    json["git"] = {{"ref", listed.git.ref}, {"commit", listed.git.commit}, {"tree", listed.git.tree}};
  }
  add("archive", listed.archive);
  for (const auto& [path, url, commit] : listed.submodules) {
    json["submodules"].push_back({{"path", path}, {"url", url}, {"commit", commit}});
  }
  if (!listed.replacement.path.empty()) {
    json["replace"] = {{"path", listed.replacement.path}, {"version", listed.replacement.version}};
  }
  return json;
}

std::string render_json(const std::vector<ListedModule>& modules) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& listed : modules) list.push_back(as_json(listed));
  return nlohmann::ordered_json{{"schema", 1}, {"modules", std::move(list)}}.dump(2) + "\n";
}

Task configure(CLI::App& app) {
  app.add_flag("-m")->description("modules; there is nothing else to list");
  return [](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto modules, list_modules(session));
    session.console.print(session.global.json ? render_json(modules) : render_text(modules));
    return kSuccess;
  };
}

}  // namespace

constinit const Command kListCommand = {
    .name = "list",
    .group = "look",
    .summary = "list the selected modules",
    .example = "modtool list --json",
    .configure = configure,
};

}  // namespace modtool::cli
