// What is written in the box of a node.
#pragma once

#include <string>
#include <vector>

#include "graph/graph_model.hpp"

namespace modtool::graph {

// A module's name in two parts, so that boxes stay narrow: "github.com/spf13/" above, "cobra" and its version below.
// A major-version suffix stays with its name: "github.com/jackc/", "pgx/v5".
struct NameParts {
  std::string parent;  // with its slash; empty for a path of one element
  std::string name;
};

NameParts split_name(const std::string& path);

// What distinguishes the node in words, a line each: "main module", "not selected", "=> example.com/fork v1.0.0",
// "cycle of 3 modules".
std::vector<std::string> remarks(const Node& node);

// The whole node in words, for tooltips and screen readers: what it is called, what it is, what replaces it, and the
// members of a cycle.
std::vector<std::string> description_lines(const Node& node);

}  // namespace modtool::graph
