#include "cli/operations/why.hpp"

#include "cli/operations/open_project.hpp"

namespace modtool::cli {
namespace {

WhyAnswer explain(const resolve::ModuleGraph& graph, const std::string& path, const WhyOptions& options) {
  const auto* selected = graph.selected(path);
  if (selected == nullptr) return {.path = path, .version = {}, .chains = {}};
  WhyAnswer answer{.path = path, .version = selected->version, .chains = {}};
  answer.chains =
      options.all ? resolve::chains_through_every_requirement(graph, path) : resolve::shortest_chains(graph, path);
  if (options.version) {
    std::erase_if(answer.chains, [&](const resolve::Chain& chain) { return chain.back() != *selected; });
  }
  return answer;
}

}  // namespace

Result<std::vector<WhyAnswer>> explain_modules(Session& session, const WhyOptions& options) {
  MODTOOL_TRY(const auto project, OpenProject::open(session, {.command = "why"}));
  MODTOOL_TRY(const auto graph, project->load_graph());
  std::vector<WhyAnswer> answers;
  for (const auto& path : options.paths) answers.push_back(explain(graph, path, options));
  return answers;
}

}  // namespace modtool::cli
