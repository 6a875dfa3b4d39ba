// The pieces of an SVG picture as text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/layout.hpp"
#include "graph/node_box.hpp"
#include "graph/palette.hpp"

namespace modtool::graph {

// To a tenth, without a useless ".0".
std::string svg_number(double value);

// Border and area of a box: the kind decides about the line, being replaced or a cycle about the shape.
struct BoxShape {
  Point corner;
  Size size;
  NodeKind kind = NodeKind::kIndirect;
  bool is_replaced = false;
  bool is_cycle = false;
  Look look = Look::kIndirect;
};
std::string svg_box(const BoxShape& shape);

// A text of a box whose corner is given.
std::string svg_text(const BoxText& text, Point corner, const NodeColours& colours);

// A line of text outside boxes, in the colour of ink.
std::string svg_caption(std::string_view text, Point origin, double size, Weight weight = Weight::kNormal);

// An arrow along Bézier curves; empty for no points.
std::string svg_arrow(const std::vector<Point>& curve, Point shift);

// Style and definitions, which every picture has: dark colours, what happens on pointing, the arrow's head.
std::string svg_prelude();

inline constexpr std::string_view kInk = "#1f2328";
inline constexpr std::string_view kPage = "#ffffff";
inline constexpr std::string_view kArrow = "#8b95a0";
inline constexpr std::string_view kFrame = "#d0d7de";

}  // namespace modtool::graph
