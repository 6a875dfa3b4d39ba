#include "graph/graphviz.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#include <array>
#include <filesystem>

#include "core/io/shared_library.hpp"
#include "graph/components.hpp"

namespace modtool::graph {

namespace {

constexpr double kPointsPerInch = 72;
constexpr auto kPackage = "libgvc6";

// The functions that are used, each of the type its header gives it.
struct Api {
  Agdesc_t* directed = nullptr;
  decltype(&::agopen) open = nullptr;
  decltype(&::agclose) close = nullptr;
  decltype(&::agnode) node = nullptr;
  decltype(&::agedge) edge = nullptr;
  decltype(&::agattr) attribute = nullptr;
  decltype(&::agsafeset) set = nullptr;
  decltype(&::gvContextPlugins) new_context = nullptr;
  decltype(&::gvFreeContext) free_context = nullptr;
  decltype(&::gvLayout) layout = nullptr;
  decltype(&::gvFreeLayout) free_layout = nullptr;
  // The plugins, as the table that a statically linked program would have.
  std::array<lt_symlist_t, 2> plugins{};
};

Error missing(Error error) {
  error.code = Code::kGraphvizMissing;
  error.message = "drawing needs the Graphviz libraries: " + error.message;
  if (error.fix.empty()) error.fix = Fix::command({"apt", "install", kPackage});
  return error;
}

Result<void> bind_graph(Api& api) {
  MODTOOL_TRY(const auto library, io::SharedLibrary::load("libcgraph.so.6", "libcgraph6"));
  MODTOOL_TRY(void* const directed, library.symbol("Agdirected"));
  api.directed = static_cast<Agdesc_t*>(directed);
  io::FunctionLoader load(library);
  load(api.open, "agopen");
  load(api.close, "agclose");
  load(api.node, "agnode");
  load(api.edge, "agedge");
  load(api.attribute, "agattr");
  load(api.set, "agsafeset");
  return load.outcome();
}

Result<void> bind_layout(Api& api) {
  MODTOOL_TRY(const auto library, io::SharedLibrary::load("libgvc.so.6", kPackage));
  io::FunctionLoader load(library);
  load(api.new_context, "gvContextPlugins");
  load(api.free_context, "gvFreeContext");
  load(api.layout, "gvLayout");
  load(api.free_layout, "gvFreeLayout");
  return load.outcome();
}

// Plugins live in a folder beside the library that uses them.
std::string plugin_file(const Api& api, const std::string& name) {
  Dl_info info{};
  if (::dladdr(reinterpret_cast<void*>(api.new_context), &info) == 0 || info.dli_fname == nullptr) return name;
  return std::filesystem::path(info.dli_fname).parent_path() / "graphviz" / name;
}

Result<void> bind_plugin(Api& api) {
  MODTOOL_TRY(const auto library, io::SharedLibrary::load(plugin_file(api, "libgvplugin_dot_layout.so.6"), kPackage));
  MODTOOL_TRY(void* const plugin, library.symbol("gvplugin_dot_layout_LTX_library"));
  api.plugins[0] = {"gvplugin_dot_layout_LTX_library", plugin};
  return {};
}

Result<Api> load_api() {
  Api api;
  auto bound = bind_graph(api);
  if (bound) bound = bind_layout(api);
  if (bound) bound = bind_plugin(api);
  if (!bound) return fail(missing(std::move(bound).error()));
  return api;
}

// A graph of Graphviz and its layout, from request to positions.
class Drawing {
 public:
  explicit Drawing(const Api& api) : api_(api) {}
  Drawing(const Drawing&) = delete;
  Drawing& operator=(const Drawing&) = delete;
  ~Drawing() {
    if (laid_out_) api_.free_layout(context_, graph_);
    if (graph_ != nullptr) api_.close(graph_);
    if (context_ != nullptr) api_.free_context(context_);
  }

  Result<Layout> compute(const LayoutRequest& request, const LayoutEffort& effort) {
    context_ = api_.new_context(api_.plugins.data(), /*demand_loading=*/0);
    graph_ = api_.open(text("modules"), *api_.directed, nullptr);
    if (context_ == nullptr || graph_ == nullptr) return fail(Code::kLayoutFailed, "Graphviz could not be started");
    set_defaults(effort);
    for (const auto& box : request.boxes) add_box(box);
    add_arrows(request);
    laid_out_ = api_.layout(context_, graph_, "dot") == 0;
    if (!laid_out_) return fail(Code::kLayoutFailed, "Graphviz failed on the graph");
    return read_positions();
  }

 private:
  // Graphviz takes texts as `char*` that it copies and does not change.
  static char* text(const char* constant) { return const_cast<char*>(constant); }

  void set_default(int kind, const char* name, const std::string& value) {
    api_.attribute(graph_, kind, text(name), text(value.c_str()));
  }

  void set_defaults(const LayoutEffort& effort) {
    set_default(AGRAPH, "rankdir", "LR");
    set_default(AGRAPH, "ranksep", fmt::format("{}", effort.column_gap / kPointsPerInch));
    set_default(AGRAPH, "nodesep", fmt::format("{}", effort.row_gap / kPointsPerInch));
    set_default(AGRAPH, "splines", effort.splines);
    if (effort.iterations > 0) {
      for (const auto* limit : {"nslimit", "nslimit1", "mclimit"}) {
        set_default(AGRAPH, limit, fmt::format("{}", effort.iterations));
      }
    }
    set_default(AGNODE, "shape", "box");
    set_default(AGNODE, "label", "");
    set_default(AGNODE, "fixedsize", "true");
    set_default(AGNODE, "width", "1");
    set_default(AGNODE, "height", "1");
    set_default(AGEDGE, "arrowhead", "none");
    set_default(AGEDGE, "tailport", "");
    set_default(AGEDGE, "headport", "");
  }

  void add_box(const Size& size) {
    auto* const box = api_.node(graph_, nullptr, 1);
    set_length(box, "width", size.width);
    set_length(box, "height", size.height);
    boxes_.push_back(box);
  }

  void set_length(Agnode_t* box, const char* name, double points) {
    api_.set(box, text(name), text(fmt::format("{:.4f}", points / kPointsPerInch).c_str()), text(""));
  }

  // Arrows leave on the right and arrive on the left, but for those of cycles, which would have to bend around boxes.
  void add_arrows(const LayoutRequest& request) {
    const auto components = find_components(Adjacency(request.boxes.size(), request.arrows)).of;
    for (const auto& [from, to] : request.arrows) {
      auto* const arrow = api_.edge(graph_, boxes_[from], boxes_[to], nullptr, 1);
      if (components[from] != components[to]) {
        api_.set(arrow, text("tailport"), text("e"), text(""));
        api_.set(arrow, text("headport"), text("w"), text(""));
      }
      arrows_.push_back(arrow);
    }
  }

  // Graphviz's y grows upwards.
  Point turned(const pointf& point) const {
    const auto& area = GD_bb(graph_);
    return {point.x - area.LL.x, area.UR.y - point.y};
  }

  Layout read_positions() const {
    const auto& area = GD_bb(graph_);
    Layout layout{.page = {area.UR.x - area.LL.x, area.UR.y - area.LL.y}, .centres = {}, .curves = {}};
    for (auto* const box : boxes_) layout.centres.push_back(turned(ND_coord(box)));
    for (auto* const arrow : arrows_) layout.curves.push_back(curve_of(arrow));
    return layout;
  }

  std::vector<Point> curve_of(Agedge_t* arrow) const {
    std::vector<Point> points;
    const auto* const splines = ED_spl(arrow);
    if (splines == nullptr || splines->size == 0) return points;
    const auto& curve = splines->list[0];
    for (int i = 0; i < curve.size; ++i) points.push_back(turned(curve.list[i]));
    return points;
  }

  const Api& api_;
  GVC_t* context_ = nullptr;
  Agraph_t* graph_ = nullptr;
  bool laid_out_ = false;
  std::vector<Agnode_t*> boxes_;
  std::vector<Agedge_t*> arrows_;
};

}  // namespace

Result<Layout> compute_layout(const LayoutRequest& request, const LayoutEffort& effort) {
  MODTOOL_TRY(const auto api, load_api());
  return Drawing(api).compute(request, effort);
}

}  // namespace modtool::graph
