#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/render/graph.hpp"
#include "core/base/text.hpp"
#include "core/module/go_line.hpp"
#include "core/module/semver.hpp"
#include "graph/of/project_graph.hpp"
#include "graph/text_writer.hpp"
#include "graph/view.hpp"

namespace modtool::cli {
namespace {

struct Flags {
  graph::GraphOptions graph;
  graph::ViewOptions view;
  std::string format;
  std::string output;
  bool all = false;
};

// Pictures show what was selected, reduced, unless `--all` or `--selected` says what to show: then the edges are those
// of every other format. Text shows what go shows.
void apply_defaults(Flags& flags, GraphFormat format) {
  const bool is_picture = format == GraphFormat::kDot || format == GraphFormat::kSvg;
  flags.view.modules_only = is_picture || format == GraphFormat::kTree;
  if (is_picture && !flags.all && !flags.view.selected) flags.view.selected = flags.view.reduce = true;
}

// Which versions Go lets the graph be read as.
Result<void> check_language(const Session& session, const std::string& version) {
  const auto refuse = [&](const std::string& why) {
    return fail(Code::kUsage, fmt::format("invalid value {} for flag -go: {}", quote(version), why));
  };
  const std::string& own = session.context.settings.tools.go;
  if (version.empty()) return {};
  if (!module::is_go_line(version)) return refuse("expecting a Go version like " + quote(own));
  if (module::compare_go_versions(version, own) > 0) return refuse("maximum supported Go version is " + own);
  return {};
}

std::string output_path(const Session& session, const Flags& flags) {
  const bool absolute = io::is_absolute(flags.output);
  return absolute ? flags.output : io::join_path(session.context.settings.directory, flags.output);
}

Result<void> check_output(const Session& session, const Flags& flags) {
  if (flags.output.empty()) return {};
  MODTOOL_TRY(const auto place, session.context.files.stat(io::directory_of(output_path(session, flags))).if_there());
  if (place) return {};
  return fail(Code::kUsage, fmt::format("there is no directory for `-o {}`", flags.output));
}

Result<int> run(Session& session, Flags flags) {
  MODTOOL_CHECK(check_language(session, flags.graph.language));
  MODTOOL_CHECK(check_output(session, flags));
  const auto wanted = session.global.json && flags.format.empty() ? "json" : flags.format;
  MODTOOL_TRY(const GraphFormat format, choose_format(wanted, flags.output));
  apply_defaults(flags, format);
  MODTOOL_TRY(auto graph, graph::load_project_graph(session.context, flags.graph));
  MODTOOL_TRY(graph, graph::make_view(std::move(graph), flags.view));
  MODTOOL_TRY(const std::string text, format_graph(session.context, graph, format, flags.view.depth));
  if (flags.output.empty()) {
    session.console.print(text);
    return kSuccess;
  }
  MODTOOL_CHECK(session.context.files.write_atomic(output_path(session, flags), text));
  session.console.say_verbose(
      fmt::format("{}: {} modules, {} edges", flags.output, graph.nodes.size(), graph.edges.size()));
  return kSuccess;
}

void add_filters(FlagSet& set, Flags& flags) {
  const auto group = "Filters (a module is named path, path@version or by a pattern such as host/org/*)";
  set.add_switch("--selected", flags.view.selected, "selected versions only; the rest leads to them").group(group);
  set.add_switch("--all", flags.all, "every version, in pictures too").group(group);
  set.add_option("--focus", flags.view.focus, "these modules with all that leads to them and from them")
      .value("MODULE")
      .group(group);
  set.add_switch("--reverse", flags.view.reverse, "edges from a module to what requires it").group(group);
  set.add_option("--depth", flags.view.depth, "at most N edges from the start").value("N").group(group);
  set.add_option("--from", flags.view.from, "only paths that start there").value("MODULE").group(group);
  set.add_option("--to", flags.view.to, "only paths that end there").value("MODULE").group(group);
  set.add_option("--prune", flags.view.prune, "without these and what only they bring in").value("MODULE").group(group);
  set.add_switch("--reduce", flags.view.reduce, "cycles merged, and no edge that a longer path implies").group(group);
}

Action configure(FlagSet& set) {
  auto flags = std::make_shared<Flags>();
  set.add_option("--format", flags->format,
                 "text, json, dot, svg or tree; by default from the suffix of -o, else text");
  set.add_option("-o,--output", flags->output, "write to FILE").value("FILE");
  set.add_option("--go", flags->graph.language, "read the graph as that version of Go would").value("VERSION");
  set.add_option("--modfile", flags->graph.manifest_file, "another manifest in the place of go.mod").value("FILE");
  add_filters(set, *flags);
  return [flags](Session& session) { return run(session, *flags); };
}

Action configure_mod(FlagSet& set) {
  auto options = std::make_shared<graph::GraphOptions>(graph::GraphOptions{.go_face = true});
  set.add_option("--go", options->language);
  set.add_option("--modfile", options->manifest_file);
  set.add_idle_switch("--modcacherw");
  auto trace = std::make_shared<bool>(false);
  set.add_switch("-x,--x", *trace);
  return [options, trace](Session& session) -> Result<int> {
    if (*trace) session.reporter.trace_requests();
    MODTOOL_CHECK(check_language(session, options->language));
    MODTOOL_TRY(const auto graph, graph::load_project_graph(session.context, *options));
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
    .go_refusal = "'go mod graph' accepts no arguments",
};

}  // namespace modtool::cli
