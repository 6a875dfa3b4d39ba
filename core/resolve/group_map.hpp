// Which groups of the root's manifest a module of the graph is there for.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/manifest/manifest.hpp"
#include "core/resolve/module_graph.hpp"

namespace modtool::resolve {

class GroupMap {
 public:
  // The graph was loaded for the manifest, and outlives the map.
  GroupMap(const manifest::Manifest& manifest, const ModuleGraph& graph);

  // The groups whose requirements alone lead to a node, sorted; none where the project itself needs it. What is used
  // of a path is its selected version, whichever was asked for.
  std::vector<std::string> groups_of(mvs::NodeId node) const;

 private:
  void mark(const std::string& group, const std::set<module::ModuleVersion>& roots);

  const ModuleGraph& graph_;
  std::map<std::string_view, mvs::NodeId> selected_;  // by path
  std::map<mvs::NodeId, std::set<std::string>> groups_;
};

}  // namespace modtool::resolve
