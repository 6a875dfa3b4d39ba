#include "graph/palette.hpp"

namespace modtool::graph {

namespace {

struct LookEntry {
  std::string_view name;
  NodeColours light;
  NodeColours dark;
};

// By the number of the look.
constexpr std::array kEntries{
    LookEntry{"main",
              {.fill = "#0b4f8a", .stroke = "#08365f", .text = "#ffffff", .faint = "#cfe3f5"},
              {.fill = "#79b8f2", .stroke = "#cae4fb", .text = "#06213a", .faint = "#0d3a63"}},
    LookEntry{"direct",
              {.fill = "#dcecfa", .stroke = "#0b69b7", .text = "#0a2e4d", .faint = "#3d5f7d"},
              {.fill = "#12324f", .stroke = "#5aa9e6", .text = "#eaf4fd", .faint = "#a9c7e0"}},
    LookEntry{"indirect",
              {.fill = "#ffffff", .stroke = "#8c959f", .text = "#1f2328", .faint = "#656d76"},
              {.fill = "#1c2128", .stroke = "#768390", .text = "#e6edf3", .faint = "#9aa5b1"}},
    LookEntry{"replaced",
              {.fill = "#fff1dd", .stroke = "#c25700", .text = "#4a2500", .faint = "#83501a"},
              {.fill = "#422a0e", .stroke = "#f0a04b", .text = "#fdf0e0", .faint = "#e0b985"}},
    LookEntry{"losing",
              {.fill = "#f3f4f6", .stroke = "#9aa2ab", .text = "#656d76", .faint = "#6e7781"},
              {.fill = "#161b22", .stroke = "#6e7681", .text = "#9aa5b1", .faint = "#8b949e"}},
    LookEntry{"cycle",
              {.fill = "#f6eaf4", .stroke = "#8a3f7d", .text = "#3b1635", .faint = "#6f4a68"},
              {.fill = "#3a2036", .stroke = "#d58fc8", .text = "#fbeef8", .faint = "#d0aeca"}},
};

const LookEntry& entry(Look look) { return kEntries[static_cast<std::size_t>(look)]; }

Look look_of_kind(NodeKind kind) {
  switch (kind) {
    case NodeKind::kMain:
    case NodeKind::kPackage:
      return Look::kMain;
    case NodeKind::kDirect:
      return Look::kDirect;
    case NodeKind::kIndirect:
      return Look::kIndirect;
    case NodeKind::kLosing:
      return Look::kLosing;
  }
  return Look::kIndirect;
}

}  // namespace

Look look_of(const Node& node) {
  const bool is_plain = node.kind == NodeKind::kDirect || node.kind == NodeKind::kIndirect;
  if (!is_plain) return look_of_kind(node.kind);
  if (node.is_cycle()) return Look::kCycle;
  return node.is_replaced() ? Look::kReplaced : look_of_kind(node.kind);
}

std::string_view look_name(Look look) { return entry(look).name; }
const NodeColours& light_colours(Look look) { return entry(look).light; }
const NodeColours& dark_colours(Look look) { return entry(look).dark; }

}  // namespace modtool::graph
