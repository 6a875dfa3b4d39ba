#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/commands/commands.hpp"
#include "cli/commands/proof_talk.hpp"
#include "cli/exit_code.hpp"
#include "cli/tasks/list.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"
#include "core/engine/list.hpp"
#include "core/engine/outdated.hpp"

namespace modtool::cli {
namespace {

std::string with_space(const module::ModuleVersion& module) {
  return module.version.empty() ? module.path : fmt::format("{} {}", module.path, module.version);
}

struct Flags {
  std::vector<std::string> paths;
  bool versions = false;
  bool updates = false;
  bool directories = false;
};

// What is known of newer versions, by path; empty where nobody asked.
using Updates = std::map<std::string, engine::OutdatedModule>;

Result<Updates> find_updates(Session& session, const Flags& flags) {
  Updates updates;
  if (!flags.updates) return updates;
  MODTOOL_TRY(const auto modules, engine::find_outdated(session.context, false));
  for (const auto& module : modules) updates.emplace(module.module.path, module);
  return updates;
}

const engine::OutdatedModule* find_update(const Updates& updates, const module::ModuleVersion& module) {
  const auto found = updates.find(module.path);
  return found != updates.end() && found->second.module == module ? &found->second : nullptr;
}

// " [v1.2.0] (retracted) (deprecated)", as `go list -m -u` writes it.
std::string remarks(const Updates& updates, const engine::ListedModule& listed) {
  const auto* found = find_update(updates, listed.module);
  if (found == nullptr) return {};
  std::string text;
  if (found->wanted != listed.module.version) text += fmt::format(" [{}]", found->wanted);
  if (found->retracted) text += " (retracted)";
  if (!found->deprecated.empty()) text += " (deprecated)";
  return text;
}

// As `go list -m all` writes a module.
std::string render_text(const std::vector<engine::ListedModule>& modules, const Updates& updates) {
  std::string text;
  for (const auto& listed : modules) {
    text += with_space(listed.module) + remarks(updates, listed);
    if (!listed.replacement.path.empty()) text += " => " + with_space(listed.replacement);
    text += "\n";
  }
  return text;
}

void add_origin(json::Value& one, const engine::ListedModule& listed) {
  if (!listed.git.commit.empty()) {
    add(one, "git", json::object({{"ref", listed.git.ref}, {"commit", listed.git.commit}, {"tree", listed.git.tree}}));
  }
  add_if_any(one, "archive", listed.archive);
  json::Value submodules = json::array();
  for (const auto& [path, url, commit] : listed.submodules) {
    append(submodules, json::object({{"path", path}, {"url", url}, {"commit", commit}}));
  }
  if (!listed.submodules.empty()) add(one, "submodules", std::move(submodules));
}

json::Value as_json(const engine::ListedModule& listed, const Updates& updates) {
  json::Value one = json::object({{"path", listed.module.path}});
  add_if_any(one, "version", listed.module.version);
  add_if_any(one, "dialect", listed.dialect);
  add_if_any(one, "dir", listed.directory);
  if (listed.module.version.empty()) add(one, "main", true);
  if (listed.indirect) add(one, "indirect", true);
  add_if_any(one, "sum", listed.sum);
  add_origin(one, listed);
  if (!listed.replacement.path.empty()) {
    add(one, "replace", json::object({{"path", listed.replacement.path}, {"version", listed.replacement.version}}));
  }
  const auto* found = find_update(updates, listed.module);
  if (found == nullptr) return one;
  if (found->wanted != listed.module.version) add(one, "update", found->wanted);
  if (found->retracted) add(one, "retracted", found->retraction);
  add_if_any(one, "deprecated", found->deprecated);
  return one;
}

// As `go list -m -f '{{.Path}} {{.Version}} {{.Dir}}'` writes those that are required.
std::string render_directories(const std::vector<engine::ListedModule>& modules) {
  std::string text;
  for (const auto& listed : modules) {
    if (listed.module.version.empty() || listed.directory.empty()) continue;
    text += fmt::format("{} {}\n", with_space(listed.module), listed.directory);
  }
  return text;
}

std::string render_json(const std::vector<engine::ListedModule>& modules, const Updates& updates) {
  json::Value list = json::array();
  for (const auto& listed : modules) append(list, as_json(listed, updates));
  return json::format_document(json::object({{"schema", 1}, {"modules", std::move(list)}}));
}

// As `go list -m -versions` writes them: the path, and then its versions.
Result<int> print_versions(Session& session, const std::vector<std::string>& paths) {
  MODTOOL_TRY(const auto lists, engine::list_versions(session.context, paths));
  json::Value modules = json::array();
  std::string text;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    text += paths[i] + (lists[i].empty() ? "" : " ") + join(lists[i], " ") + "\n";
    append(modules, json::object({{"path", paths[i]}, {"versions", lists[i]}}));
  }
  if (session.global.json) {
    text = json::format_document(json::object({{"schema", 1}, {"modules", std::move(modules)}}));
  }
  session.console.print(text);
  return kSuccess;
}

Error no_such_module(const std::string& path, const std::vector<engine::ListedModule>& modules) {
  std::vector<std::string> paths;
  paths.reserve(modules.size());
  for (const auto& listed : modules) paths.push_back(listed.module.path);
  Error error{.code = Code::kNoSuchNode, .message = path + " is not in the module graph"};
  const std::string meant = nearest_name(path, paths);
  if (meant.empty()) return error;
  error.message += fmt::format("; the nearest is `{}`", meant);
  return std::move(error).with(Fix::again("list", {meant}, path));
}

Result<int> run(Session& session, const Flags& flags) {
  if (flags.versions) return print_versions(session, flags.paths);
  ProofTalk talk(session);
  MODTOOL_TRY(auto modules, flags.directories ? tasks::list_proven_modules(session.context, talk)
                                              : engine::list_modules(session.context));
  for (const auto& path : flags.paths) {
    const bool is_there = std::ranges::any_of(modules, [&](const auto& listed) { return listed.module.path == path; });
    if (!is_there) return fail(no_such_module(path, modules));
  }
  if (!flags.paths.empty()) {
    std::erase_if(modules, [&](const auto& listed) {
      return std::ranges::find(flags.paths, listed.module.path) == flags.paths.end();
    });
  }
  MODTOOL_TRY(const Updates updates, find_updates(session, flags));
  if (flags.directories && !session.global.json) {
    session.console.print(render_directories(modules));
  } else {
    session.console.print(session.global.json ? render_json(modules, updates) : render_text(modules, updates));
  }
  return kSuccess;
}

Action configure(FlagSet& set) {
  auto flags = std::make_shared<Flags>();
  set.add_argument("MODULE", flags->paths, "module paths; by default all that were selected");
  set.add_idle_switch("-m", "modules; there is nothing else to list");
  set.add_switch("--versions", flags->versions, "the versions of each MODULE that may be chosen");
  set.add_switch("-u,--updates", flags->updates, "with the newest compatible versions, retractions and deprecations");
  set.add_switch("--dirs", flags->directories,
                 "prove the sources as for a build, and tell the directory of each module");
  return [flags](Session& session) -> Result<int> {
    if (flags->versions && flags->paths.empty()) {
      return fail(Error{.code = Code::kUsage, .message = "`--versions` needs the paths of modules"}.with(
          Fix::modtool("list", {"--help"})));
    }
    return run(session, *flags);
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
