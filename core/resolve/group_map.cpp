#include "core/resolve/group_map.hpp"

namespace modtool::resolve {

using module::ModuleVersion;
using mvs::NodeId;

GroupMap::GroupMap(const manifest::Manifest& manifest, const ModuleGraph& graph) : graph_(graph) {
  std::map<std::string, std::set<ModuleVersion>> roots;
  for (const auto& requirement : manifest.require) roots[requirement.group].insert(requirement.module);
  for (const NodeId node : graph.nodes()) {
    const ModuleVersion& module = graph.module(node);
    if (*graph.selected(module.path) == module) selected_.emplace(module.path, node);
  }
  for (const auto& [group, modules] : roots) mark(group, modules);
}

std::vector<std::string> GroupMap::groups_of(NodeId node) const {
  const auto found = groups_.find(node);
  if (found == groups_.end() || found->second.contains("")) return {};
  return {found->second.begin(), found->second.end()};
}

void GroupMap::mark(const std::string& group, const std::set<ModuleVersion>& roots) {
  std::vector<NodeId> queue;
  const auto enter = [&](NodeId node) {
    if (groups_[node].insert(group).second) queue.push_back(node);
  };
  for (const NodeId node : graph_.required_by(graph_.main())) {
    if (roots.contains(graph_.module(node))) enter(node);
  }
  for (std::size_t next = 0; next < queue.size(); ++next) {
    enter(selected_.at(graph_.module(queue[next]).path));
    for (const NodeId target : graph_.required_by(queue[next])) enter(target);
  }
}

}  // namespace modtool::resolve
