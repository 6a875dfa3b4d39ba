#include "core/engine/why.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/engine/each_project.hpp"
#include "core/engine/open_project.hpp"
#include "core/engine/told_modules.hpp"
#include "core/engine/vendored_modules.hpp"

namespace modtool::engine {
namespace {

std::string nearest_path(const resolve::ModuleGraph& graph, const std::string& path) {
  std::vector<std::string> paths;
  for (const auto& module : graph.build_list()) paths.push_back(module.path);
  return nearest_name(path, paths);
}

resolve::ForOthers required_for_others(const manifest::Manifest& manifest) {
  resolve::ForOthers paths;
  for (const auto& requirement : manifest.require) {
    if (requirement.indirect) paths.insert(requirement.module.path);
  }
  return paths;
}

WhyAnswer explain(const resolve::ModuleGraph& graph, const resolve::ForOthers& for_others, const std::string& path,
                  const WhyOptions& options) {
  const auto* selected = graph.selected(path);
  if (selected == nullptr) return {.path = path, .version = {}, .chains = {}, .nearest = nearest_path(graph, path)};
  WhyAnswer answer{.path = path, .version = selected->version, .chains = {}};
  answer.chains = options.all ? resolve::chains_through_every_requirement(graph, path)
                              : resolve::shortest_chains(graph, path, for_others);
  if (options.version) {
    std::erase_if(answer.chains, [&](const resolve::Chain& chain) { return chain.back() != *selected; });
  }
  return answer;
}

// How modules come to be imported, by what is on this machine, the vendor directory included. A failure is a gap like
// any other, unless it ends the run.
Result<std::optional<manifest::Imports>> find_imports(const Context& context, OpenProject& opened) {
  const auto& project = opened.project();
  const auto usage = project.make_usage({.project = project, .files = context.files, .pool = context.pool});
  VendoredModules at_hand(opened.modules_at_hand(), context.files, project);
  ToldModules modules(at_hand, context.reporter, "reading");
  auto imports = usage->find_imports(modules);
  if (!imports) imports = manifest::Imports{.gap = std::move(imports).error()};
  if (*imports && (*imports)->gap && ends_run((*imports)->gap->code)) return fail(*(*imports)->gap);
  return imports;
}

// In one line: Go's messages have commands on lines of their own.
std::string describe_gap(const Error& gap, const project::Capabilities& can) {
  Error told = gap;
  if (gap.code == Code::kOffline) {
    told.message =
        fmt::format("not in the {}; to fetch it: {}", can.modules_at_hand, to_command(Fix::modtool("download")));
  }
  const std::string text = to_line(told);
  std::string line;
  for (const auto word : split_fields(text)) line.append(line.empty() ? "" : " ").append(word);
  return line;
}

WhyImported explain_imports(const manifest::Imports& imports, const std::string& path,
                            const project::Capabilities& can) {
  if (const auto chain = imports.chains.find(path); chain != imports.chains.end()) return {.chain = chain->second};
  return {.unknown = imports.gap ? describe_gap(*imports.gap, can) : ""};
}

// Adds what imports say of each module that is another's, and no tool of the language.
Result<void> add_imports(const Context& context, OpenProject& opened, std::vector<WhyAnswer>& answers) {
  const auto& project = opened.project();
  const auto is_asked = [&](const WhyAnswer& answer) {
    return !answer.version.empty() && !project.dialect->builtin({answer.path, answer.version});
  };
  if (std::ranges::none_of(answers, is_asked)) return {};
  MODTOOL_TRY(const auto imports, find_imports(context, opened));
  if (!imports) return {};
  for (auto& answer : answers) {
    if (is_asked(answer)) answer.imported = explain_imports(*imports, answer.path, project.can);
  }
  return {};
}

// What a project says of each path.
Result<std::vector<WhyAnswer>> explain_all(const Context& context, const WhyOptions& options,
                                           const ProjectChoice& choice) {
  MODTOOL_TRY(const auto project, OpenProject::open(context, {.command = "why", .choice = choice}));
  MODTOOL_TRY(const auto graph, project->load_graph());
  const auto for_others = required_for_others(project->project().manifest);
  std::vector<WhyAnswer> answers;
  answers.reserve(options.paths.size());
  for (const auto& path : options.paths) {
    answers.push_back(explain(graph, for_others, path, options));
    answers.back().dialect = choice.which.name();
  }
  MODTOOL_CHECK(add_imports(context, *project, answers));
  return answers;
}

}  // namespace

Result<std::vector<WhyAnswer>> explain_modules(const Context& context, const WhyOptions& options) {
  MODTOOL_TRY(const auto choices, choose_projects(context, ""));
  MODTOOL_TRY(auto outcomes, run_each<std::vector<WhyAnswer>>(choices, [&](const ProjectChoice& choice) {
                return explain_all(context, options, choice);
              }));
  MODTOOL_TRY(const auto projects, all_or_none(std::move(outcomes)));
  std::vector<WhyAnswer> answers;
  for (std::size_t i = 0; i < options.paths.size(); ++i) {
    const auto before = answers.size();
    for (const auto& project : projects) {
      if (!project[i].version.empty() || !project[i].chains.empty()) answers.push_back(project[i]);
    }
    if (answers.size() == before) answers.push_back(projects.front()[i]);
    if (answers.size() == before + 1 && answers.back().version.empty()) answers.back().dialect.clear();
  }
  return answers;
}

}  // namespace modtool::engine
