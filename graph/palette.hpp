// The colours of pictures. They can be told apart with the common forms of colour blindness (blue, orange and grey of
// different lightness), keep text at a contrast of at least 4.5, and never stand alone: see the shapes of each writer.
#pragma once

#include <array>
#include <string_view>

#include "graph/graph_model.hpp"

namespace modtool::graph {

struct NodeColours {
  std::string_view fill;
  std::string_view stroke;
  std::string_view text;
  std::string_view faint;  // the version and the parent path
};

// What decides about the look of a node: its kind, or that it is replaced or a cycle.
enum class Look : std::uint8_t { kMain, kDirect, kIndirect, kReplaced, kLosing, kCycle };

inline constexpr std::array kAllLooks{Look::kMain,     Look::kDirect, Look::kIndirect,
                                      Look::kReplaced, Look::kCycle,  Look::kLosing};

Look look_of(const Node& node);

// "main", "direct" …: for headings and classes.
std::string_view look_name(Look look);

const NodeColours& light_colours(Look look);
const NodeColours& dark_colours(Look look);
inline const NodeColours& light_colours(const Node& node) { return light_colours(look_of(node)); }

}  // namespace modtool::graph
