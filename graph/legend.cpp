#include "graph/legend.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "graph/escape.hpp"
#include "graph/palette.hpp"
#include "graph/svg_shapes.hpp"

namespace modtool::graph {

namespace {

constexpr double kTitleSize = 18;
constexpr double kTextSize = 11;
constexpr double kTitleLine = 16;
constexpr double kNumbersLine = 34;
constexpr double kSamplesLine = 50;
constexpr Size kSample{26, 15};

std::string_view meaning(Look look) {
  switch (look) {
    case Look::kMain:
      return "main module";
    case Look::kDirect:
      return "direct";
    case Look::kIndirect:
      return "indirect";
    case Look::kReplaced:
      return "replaced";
    case Look::kLosing:
      return "not selected";
    case Look::kCycle:
      return "cycle, merged";
  }
  return "";
}

std::size_t module_count(const Graph& graph) {
  std::size_t count = 0;
  for (const auto& node : graph.nodes) {
    if (node.kind != NodeKind::kPackage) count += std::max<std::size_t>(1, node.members.size());
  }
  return count;
}

std::string counted(std::size_t count, std::string_view word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

std::string numbers_of(const Graph& graph) {
  std::string text = counted(module_count(graph), "module") + ", " + counted(sorted_edges(graph).size(), "requirement");
  if (graph.implied > 0) text += fmt::format(" and {} more that these imply", graph.implied);
  const auto cycles = std::ranges::count_if(graph.nodes, &Node::is_cycle);
  if (cycles > 0) text += ", " + counted(static_cast<std::size_t>(cycles), "cycle") + " merged";
  return text;
}

std::string arrow_meaning(const Graph& graph) {
  return graph.reversed ? "an arrow leads from a module to one that requires it"
                        : "an arrow leads from a module to one that it requires";
}

NodeKind sample_kind(Look look) {
  switch (look) {
    case Look::kMain:
      return NodeKind::kMain;
    case Look::kDirect:
      return NodeKind::kDirect;
    case Look::kLosing:
      return NodeKind::kLosing;
    default:
      return NodeKind::kIndirect;
  }
}

bool occurs(const Graph& graph, Look look) {
  return std::ranges::any_of(graph.nodes, [&](const Node& node) { return look_of(node) == look; });
}

// Samples and their meanings from left to right.
class SampleRow {
 public:
  void add(Look look) {
    svg_ += fmt::format(R"(<g class="{}">)", look_name(look));
    svg_ += svg_box({.corner = {x_, kSamplesLine},
                     .size = kSample,
                     .kind = sample_kind(look),
                     .is_replaced = look == Look::kReplaced,
                     .is_cycle = look == Look::kCycle,
                     .look = look});
    svg_ += "</g>";
    x_ += kSample.width + 6;
    svg_ += svg_caption(meaning(look), {x_, kSamplesLine + 11.5}, kTextSize);
    x_ += text_width(meaning(look), kTextSize, Weight::kNormal) + 22;
  }

  double width() const { return x_; }
  const std::string& svg() const { return svg_; }

 private:
  double x_ = 0;
  std::string svg_;
};

}  // namespace

std::string picture_title(const Graph& graph) {
  const auto starts = start_nodes(graph);
  if (starts.empty()) return "Module graph";
  std::string title = "Module graph of " + node_id(graph.nodes[starts.front()]);
  if (starts.size() > 1) title += fmt::format(" and {} more", starts.size() - 1);
  return title;
}

std::string picture_description(const Graph& graph) { return numbers_of(graph) + "; " + arrow_meaning(graph); }

std::string Legend::svg_at(Point corner) const {
  return fmt::format("<g transform=\"translate({},{})\">{}</g>\n", svg_number(corner.x), svg_number(corner.y), svg);
}

Legend make_legend(const Graph& graph) {
  SampleRow samples;
  for (const auto look : kAllLooks) {
    if (occurs(graph, look)) samples.add(look);
  }
  const auto title = picture_title(graph);
  const auto description = picture_description(graph);
  Legend legend;
  legend.width = std::max({text_width(title, kTitleSize, Weight::kBold),
                           text_width(description, kTextSize, Weight::kNormal), samples.width()});
  legend.svg = svg_caption(title, {0, kTitleLine}, kTitleSize, Weight::kBold) +
               svg_caption(description, {0, kNumbersLine}, kTextSize) + samples.svg();
  return legend;
}

}  // namespace modtool::graph
