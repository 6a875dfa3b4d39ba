// The box of a node in a picture: the texts in it, where each goes, and how large it is.
#pragma once

#include <string>
#include <vector>

#include "graph/graph_model.hpp"
#include "graph/layout.hpp"
#include "graph/text_width.hpp"

namespace modtool::graph {

// One run of text. `origin` is where its baseline starts, from the box's upper left corner.
struct BoxText {
  std::string text;  // made visible
  Point origin;
  double size = 0;
  double width = 0;
  Weight weight = Weight::kNormal;
  bool faint = false;   // the version and the parent path step back behind the name
  bool struck = false;  // the version of a losing node
};

struct NodeBox {
  Size size;
  std::vector<BoxText> texts;
};

// Two lines for a module, the parent path and the name with its version; more for what replaces it and for the members
// of a cycle, of which long lists are cut short.
NodeBox make_box(const Node& node);

}  // namespace modtool::graph
