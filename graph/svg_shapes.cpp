#include "graph/svg_shapes.hpp"

#include <fmt/format.h>

#include "graph/escape.hpp"

namespace modtool::graph {

namespace {

constexpr double kFold = 9;

double line_width(NodeKind kind) {
  switch (kind) {
    case NodeKind::kMain:
      return 3;
    case NodeKind::kDirect:
      return 2;
    default:
      return 1;
  }
}

bool is_angular(NodeKind kind) { return kind == NodeKind::kMain || kind == NodeKind::kDirect; }

std::string rectangle(const BoxShape& shape, double inset, std::string_view attributes) {
  return fmt::format(R"(<rect class="b" x="{}" y="{}" width="{}" height="{}" rx="{}"{}/>)",
                     svg_number(shape.corner.x + inset), svg_number(shape.corner.y + inset),
                     svg_number(shape.size.width - 2 * inset), svg_number(shape.size.height - 2 * inset),
                     is_angular(shape.kind) ? 2 : 9, attributes);
}

// A sheet whose upper right corner is folded.
std::string sheet(const BoxShape& shape, std::string_view attributes) {
  const double right = shape.corner.x + shape.size.width;
  return fmt::format(R"(<path class="b" d="M{},{}H{}l{},{}V{}H{}Zm{},0v{}h{}"{}/>)", svg_number(shape.corner.x),
                     svg_number(shape.corner.y), svg_number(right - kFold), kFold, kFold,
                     svg_number(shape.corner.y + shape.size.height), svg_number(shape.corner.x),
                     svg_number(shape.size.width - kFold), kFold, kFold, attributes);
}

std::string line_attributes(const BoxShape& shape) {
  const auto& colours = light_colours(shape.look);
  return fmt::format(R"( fill="{}" stroke="{}" stroke-width="{}"{})", colours.fill, colours.stroke,
                     line_width(shape.kind), shape.kind == NodeKind::kLosing ? R"( stroke-dasharray="2 3")" : "");
}

std::string dark_rules() {
  std::string rules;
  for (const auto look : kAllLooks) {
    const auto& colours = dark_colours(look);
    rules += fmt::format(".{0} .b{{fill:{1};stroke:{2}}}.{0} .t{{fill:{3}}}.{0} .f{{fill:{4}}}\n", look_name(look),
                         colours.fill, colours.stroke, colours.text, colours.faint);
  }
  return rules;
}

constexpr std::string_view kDefinitions =
    R"(<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0,0.8L8,4L0,7.2Z" fill="{}"/></marker></defs>
)";

}  // namespace

std::string svg_number(double value) {
  std::string text = fmt::format("{:.1f}", value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

std::string svg_box(const BoxShape& shape) {
  const auto attributes = line_attributes(shape);
  if (shape.is_replaced) return sheet(shape, attributes);
  if (!shape.is_cycle) return rectangle(shape, 0, attributes);
  return rectangle(shape, 0, attributes) + rectangle(shape, 3, attributes);
}

std::string svg_text(const BoxText& text, Point corner, const NodeColours& colours) {
  return fmt::format(R"(<text class="{}" x="{}" y="{}" font-size="{}" textLength="{}" lengthAdjust="spacingAndGlyphs")"
                     R"({}{} fill="{}">{}</text>)",
                     text.faint ? "f" : "t", svg_number(corner.x + text.origin.x), svg_number(corner.y + text.origin.y),
                     svg_number(text.size), svg_number(text.width),
                     text.weight == Weight::kBold ? R"( font-weight="bold")" : "",
                     text.struck ? R"( text-decoration="line-through")" : "", text.faint ? colours.faint : colours.text,
                     xml_escape(text.text));
}

std::string svg_caption(std::string_view text, Point origin, double size, Weight weight) {
  return fmt::format(R"(<text class="ink" x="{}" y="{}" font-size="{}"{} fill="{}">{}</text>)", svg_number(origin.x),
                     svg_number(origin.y), svg_number(size), weight == Weight::kBold ? R"( font-weight="bold")" : "",
                     kInk, xml_text(text));
}

std::string svg_arrow(const std::vector<Point>& curve, Point shift) {
  std::string path;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    path += i == 0 ? "M" : i == 1 ? "C" : " ";
    path += svg_number(curve[i].x + shift.x) + "," + svg_number(curve[i].y + shift.y);
  }
  return path.empty() ? "" : fmt::format(R"(<path class="e" d="{}"/>)", path);
}

std::string svg_prelude() {
  return fmt::format(
             "<style>\n.n:hover .b,.n:target .b{{stroke-width:3.5}}\n"
             ".n:hover .e,.n:target .e{{stroke:#c25700;stroke-width:2.4}}\n"
             "@media(prefers-color-scheme:dark){{\n.page{{fill:#0d1117}}.ink{{fill:#e6edf3}}.frame{{stroke:#30363d}}\n"
             "{}.n:hover .e,.n:target .e{{stroke:#f0a04b}}\n}}\n</style>\n",
             dark_rules()) +
         fmt::format(kDefinitions, kArrow);
}

}  // namespace modtool::graph
