#include "core/resolve/chains.hpp"

#include <algorithm>

namespace modtool::resolve {
namespace {

using mvs::NodeId;

// Breadth first, so whoever requires a node first is the last step of a shortest chain to it.
class ChainFinder {
 public:
  explicit ChainFinder(const ModuleGraph& graph, const ForOthers& for_others = {}) : graph_(graph) {
    for (const NodeId node : graph.nodes()) {
      if (graph.is_main(node)) meet(node, mvs::kNoNode);
    }
    visit(for_others);
    visit({});
  }

  Chain chain_to(NodeId node) const {
    Chain chain;
    for (; node != mvs::kNoNode; node = requirer_[node]) chain.push_back(graph_.module(node));
    std::ranges::reverse(chain);
    return chain;
  }

 private:
  void meet(NodeId node, NodeId requirer) {
    if (node >= requirer_.size()) {
      requirer_.resize(node + 1, mvs::kNoNode);
      is_met_.resize(node + 1);
    }
    if (is_met_[node]) return;
    is_met_[node] = true;
    requirer_[node] = requirer;
    met_.push_back(node);
  }

  // Passes over what a main module requires for others.
  void visit(const ForOthers& for_others) {
    for (std::size_t i = 0; i < met_.size(); ++i) {
      const NodeId node = met_[i];
      for (const NodeId target : graph_.required_by(node)) {
        const bool is_for_others = graph_.is_main(node) && for_others.contains(graph_.module(target).path);
        if (!is_for_others) meet(target, node);
      }
    }
  }

  const ModuleGraph& graph_;
  std::vector<NodeId> requirer_;  // by node: the first that requires it
  std::vector<bool> is_met_;
  std::vector<NodeId> met_;  // in order
};

}  // namespace

std::vector<std::string> names_of(const Chain& chain) {
  std::vector<std::string> names;
  names.reserve(chain.size());
  for (const auto& module : chain) names.push_back(to_string(module));
  return names;
}

std::vector<Chain> shortest_chains(const ModuleGraph& graph, std::string_view path, const ForOthers& for_others) {
  const ChainFinder finder(graph, for_others);
  std::vector<Chain> chains;
  for (const NodeId node : graph.nodes()) {
    if (graph.module(node).path == path) chains.push_back(finder.chain_to(node));
  }
  std::ranges::sort(chains, module::module_less, [](const Chain& chain) { return chain.back(); });
  return chains;
}

std::vector<Chain> chains_through_every_requirement(const ModuleGraph& graph, std::string_view path) {
  const ChainFinder finder(graph);
  std::vector<Chain> chains;
  for (const NodeId node : graph.nodes()) {
    for (const NodeId target : graph.required_by(node)) {
      if (graph.module(target).path != path) continue;
      chains.push_back(finder.chain_to(node));
      chains.back().push_back(graph.module(target));
    }
  }
  std::ranges::stable_sort(chains, module::module_less, [](const Chain& chain) { return chain[chain.size() - 2]; });
  // Two groups may require one version.
  const auto repeated = std::ranges::unique(chains);
  chains.erase(repeated.begin(), repeated.end());
  return chains;
}

}  // namespace modtool::resolve
