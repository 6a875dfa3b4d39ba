// The words around a picture: its title, what it says in a sentence, and how to read it.
#pragma once

#include <string>

#include "graph/graph_model.hpp"
#include "graph/layout.hpp"

namespace modtool::graph {

// "Module graph of example.com/project".
std::string picture_title(const Graph& graph);

// "744 modules and 1,255 requirements; …": for those who cannot see the picture, and for its head.
std::string picture_description(const Graph& graph);

// Title, numbers and samples of the looks that occur, in three lines.
struct Legend {
  double width = 0;
  std::string svg;
  // The legend with its upper left corner at a point.
  std::string svg_at(Point corner) const;
};
Legend make_legend(const Graph& graph);

}  // namespace modtool::graph
