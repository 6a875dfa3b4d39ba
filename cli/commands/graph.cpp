#include <CLI/CLI.hpp>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/operations/graph.hpp"
#include "graph/text_writer.hpp"

namespace modtool::cli {
namespace {

Task configure(CLI::App& app) {
  auto options = std::make_shared<GraphOptions>();
  app.add_option("--go", options->language, "read the graph as that version of Go would")->type_name("VERSION");
  return [options](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto graph, load_project_graph(session, *options));
    session.console.print(graph::format_text(graph));
    return kSuccess;
  };
}

Task configure_mod(CLI::App& app) {
  auto options = std::make_shared<GraphOptions>(GraphOptions{.go_face = true});
  app.add_option("--go", options->language);
  app.add_option("--modfile", options->manifest_file);
  app.add_flag("--modcacherw");
  app.add_flag("-x");
  return [options](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto graph, load_project_graph(session, *options));
    session.console.print(graph::format_text(graph));
    return kSuccess;
  };
}

}  // namespace

constinit const Command kGraphCommand = {
    .name = "graph",
    .group = "look",
    .summary = "print or draw the module graph",
    .example = "modtool graph -o graph.svg",
    .configure = configure,
};

constinit const Command kModGraphCommand = {
    .name = "mod graph",
    .group = "",
    .summary = "print the module requirement graph, as the go command does",
    .example = "modtool mod graph",
    .configure = configure_mod,
    .is_go_face = true,
    .go_usage = "mod graph [-go=version] [-x]",
};

}  // namespace modtool::cli
