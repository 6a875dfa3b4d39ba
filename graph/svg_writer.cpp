#include "graph/svg_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "graph/block.hpp"
#include "graph/escape.hpp"
#include "graph/label.hpp"
#include "graph/legend.hpp"
#include "graph/svg_shapes.hpp"

namespace modtool::graph {

namespace {

constexpr double kMargin = 24;
constexpr double kHeader = 84;

std::vector<NodeBox> make_boxes(const Graph& graph) {
  std::vector<NodeBox> boxes;
  boxes.reserve(graph.nodes.size());
  for (const auto& node : graph.nodes) boxes.push_back(make_box(node));
  return boxes;
}

LayoutRequest request_for(const Blocks& blocks) {
  LayoutRequest request{.boxes = {}, .arrows = blocks.arrows};
  for (const auto& block : blocks.blocks) request.boxes.push_back(block.size);
  return request;
}

// A command that draws the neighbourhood of one module, for when the whole is too much.
Fix smaller_view(const Graph& graph) {
  const Node* chosen = nullptr;
  for (const auto i : sorted_nodes(graph)) {
    const auto& node = graph.nodes[i];
    if (node.kind == NodeKind::kMain || node.is_cycle()) continue;
    const bool is_better = chosen == nullptr || (chosen->kind != NodeKind::kDirect && node.kind == NodeKind::kDirect);
    if (is_better) chosen = &node;
  }
  if (chosen == nullptr) return {};
  return Fix::again("graph", {"--format=svg", "--focus", chosen->path, "--depth", "1"});
}

Error with_smaller_view(Error error, const Graph& graph) {
  const bool is_size =
      error.code == Code::kLayoutTimeout || error.code == Code::kTooLarge || error.code == Code::kLayoutFailed;
  if (is_size && error.fix.empty()) error.fix = smaller_view(graph);
  return error;
}

class SvgWriter {
 public:
  SvgWriter(const Graph& graph, const std::vector<NodeBox>& boxes, const Blocks& blocks, const Layout& layout)
      : graph_(graph), boxes_(boxes), blocks_(blocks), layout_(layout) {}

  std::string write() && {
    const auto legend = make_legend(graph_);
    const Size page{std::max(layout_.page.width, legend.width) + 2 * kMargin,
                    layout_.page.height + kHeader + 2 * kMargin};
    write_opening(page);
    text_ += svg_prelude();
    text_ += fmt::format(R"(<rect class="page" width="{}" height="{}" fill="{}"/>)", svg_number(page.width),
                         svg_number(page.height), kPage);
    text_ += "\n" + legend.svg_at({kMargin, kMargin});
    write_frames();
    write_nodes();
    return text_ + "</g>\n</svg>\n";
  }

 private:
  void write_opening(const Size& page) {
    text_ += fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" )"
                         R"(role="img" aria-labelledby="title desc" )"
                         R"(font-family="Helvetica,Arial,'Liberation Sans',sans-serif">)"
                         "\n<title id=\"title\">{2}</title>\n<desc id=\"desc\">{3}</desc>\n",
                         svg_number(page.width), svg_number(page.height), xml_text(picture_title(graph_)),
                         xml_text(picture_description(graph_)));
  }

  Point corner_of(std::size_t block) const {
    const auto& centre = layout_.centres[block];
    const auto& size = blocks_.blocks[block].size;
    return {centre.x - size.width / 2 + kShift.x, centre.y - size.height / 2 + kShift.y};
  }

  void write_frames() {
    for (std::size_t i = 0; i < blocks_.blocks.size(); ++i) {
      const auto& block = blocks_.blocks[i];
      if (!block.is_group()) continue;
      const auto corner = corner_of(i);
      text_ +=
          fmt::format(R"(<rect class="frame" x="{}" y="{}" width="{}" height="{}" rx="10" fill="none" stroke="{}"/>)",
                      svg_number(corner.x), svg_number(corner.y), svg_number(block.size.width),
                      svg_number(block.size.height), kFrame);
      text_ += "\n";
    }
  }

  void write_nodes() {
    text_ += "<g fill=\"none\">\n";
    std::size_t arrow = 0;
    for (std::size_t i = 0; i < blocks_.blocks.size(); ++i) {
      std::string arrows;
      for (; arrow < blocks_.arrows.size() && blocks_.arrows[arrow].from == i; ++arrow) arrows += arrow_svg(arrow);
      write_block(i, arrows);
    }
  }

  // Only single nodes have arrows of their own: leaves alone are grouped.
  void write_block(std::size_t index, const std::string& arrows) {
    const auto& block = blocks_.blocks[index];
    const auto corner = corner_of(index);
    for (std::size_t i = 0; i < block.nodes.size(); ++i) {
      const auto& place = block.places[i];
      write_node(block.nodes[i], {{corner.x + place.corner.x, corner.y + place.corner.y}, place.size}, arrows);
    }
  }

  std::string arrow_svg(std::size_t arrow) const {
    const auto& curve = layout_.curves[arrow];
    if (!curve.empty()) return svg_arrow(curve, kShift);
    return svg_arrow(straight_line(blocks_.arrows[arrow]), {0, 0});
  }

  // For an arrow that Graphviz found no way for.
  std::vector<Point> straight_line(const Edge& arrow) const {
    Point start = corner_of(arrow.from);
    start.x += blocks_.blocks[arrow.from].size.width;
    start.y += blocks_.blocks[arrow.from].size.height / 2;
    Point end = corner_of(arrow.to);
    end.y += blocks_.blocks[arrow.to].size.height / 2;
    return {start, start, end, end};
  }

  void write_node(NodeIndex index, const Place& place, const std::string& arrows) {
    const auto& node = graph_.nodes[index];
    const auto look = look_of(node);
    text_ += fmt::format(R"(<g class="n {}" id="n{}"><title>{}</title>)", look_name(look), index, tooltip(node));
    if (!arrows.empty()) {
      text_ += fmt::format("<g stroke=\"{}\" marker-end=\"url(#head)\">{}</g>", kArrow, arrows);
    }
    text_ += fmt::format("<a href=\"#n{}\">", index);
    text_ += svg_box({.corner = place.corner,
                      .size = place.size,
                      .kind = node.kind,
                      .is_replaced = node.is_replaced(),
                      .is_cycle = node.is_cycle(),
                      .look = look});
    for (const auto& text : boxes_[index].texts) text_ += svg_text(text, place.corner, light_colours(look));
    text_ += "</a></g>\n";
  }

  static std::string tooltip(const Node& node) {
    std::string lines;
    for (const auto& line : description_lines(node)) lines += (lines.empty() ? "" : "\n") + xml_text(line);
    return lines;
  }

  static constexpr Point kShift{kMargin, kMargin + kHeader};

  const Graph& graph_;
  const std::vector<NodeBox>& boxes_;
  const Blocks& blocks_;
  const Layout& layout_;
  std::string text_;
};

}  // namespace

Result<std::string> draw_svg(const Graph& graph, const LayoutChild& child, const Cancellation& cancellation) {
  const auto boxes = make_boxes(graph);
  const auto blocks = make_blocks(graph, boxes);
  auto layout = lay_out(request_for(blocks), child, cancellation);
  if (!layout) return fail(with_smaller_view(std::move(layout).error(), graph));
  return SvgWriter(graph, boxes, blocks, *layout).write();
}

}  // namespace modtool::graph
