// Where boxes and arrows of a picture go. Graphviz computes it in a child process of the same program: its layout is
// neither safe with threads nor can it be cancelled, and a graph that somebody else wrote must not take the run with
// it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "graph/graph_model.hpp"

namespace modtool::graph {

// Lengths are points (1/72 inch), to a tenth; y grows downwards.
struct Point {
  double x = 0;
  double y = 0;
};

struct Size {
  double width = 0;
  double height = 0;
};

// Boxes and the arrows between them, by number. No names and no text: what a layout depends on is all here.
struct LayoutRequest {
  std::vector<Size> boxes;
  std::vector<Edge> arrows;
};

struct Layout {
  Size page;
  std::vector<Point> centres;              // of each box
  std::vector<std::vector<Point>> curves;  // of each arrow: the control points of Bézier curves, 1 + 3n of them
};

// How much work a layout is worth, and how much room it gets. It follows from the size of the request alone, so that
// the same graph always gives the same picture.
struct LayoutEffort {
  double iterations = 0;  // Graphviz's nslimit, nslimit1 and mclimit; 0 is no limit
  double column_gap = 0;  // the room in which arrows go up and down: more for more of them
  double row_gap = 0;     // between boxes, and long arrows, one above the other
  std::string splines;    // "true" for curves around boxes, "line" for straight arrows
};

// Code::kTooLarge where no effort helps.
Result<LayoutEffort> choose_effort(const LayoutRequest& request);

// The forms in which requests and layouts go through the pipe: lines of numbers (see layout.cpp). Parsing answers
// Code::kLayoutFailed for anything else.
std::string format_request(const LayoutRequest& request);
Result<LayoutRequest> parse_request(std::string_view text);
std::string format_layout(const Layout& layout);
Result<Layout> parse_layout(std::string_view text);

// The child that lays out: what to start and what it may use.
struct LayoutChild {
  std::vector<std::string> command;  // a program that answers as `run_layout_child` does
  std::chrono::milliseconds time{60'000};
  std::uint64_t memory = 4ULL << 30;
};

// The layout of a request. Code::kLayoutTimeout, Code::kLayoutFailed, Code::kTooLarge, Code::kGraphvizMissing.
Result<Layout> lay_out(const LayoutRequest& request, const LayoutChild& child, const Cancellation& cancellation);

}  // namespace modtool::graph
