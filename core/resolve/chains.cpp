#include "core/resolve/chains.hpp"

#include <algorithm>

namespace modtool::resolve {
namespace {

using mvs::NodeId;

// Nodes come breadth first, so the first that requires a node is the last step of a shortest chain to it.
class ChainFinder {
 public:
  explicit ChainFinder(const ModuleGraph& graph) : graph_(graph) {
    for (const NodeId node : graph.nodes()) {
      if (node >= requirer_.size()) requirer_.resize(node + 1, mvs::kNoNode);
      for (const NodeId target : graph.required_by(node)) {
        if (target >= requirer_.size()) requirer_.resize(target + 1, mvs::kNoNode);
        const bool is_known = graph.is_main(target) || requirer_[target] != mvs::kNoNode;
        if (!is_known) requirer_[target] = node;
      }
    }
  }

  Chain chain_to(NodeId node) const {
    Chain chain;
    for (; node != mvs::kNoNode; node = requirer_[node]) chain.push_back(graph_.module(node));
    std::ranges::reverse(chain);
    return chain;
  }

 private:
  const ModuleGraph& graph_;
  std::vector<NodeId> requirer_;  // by node: the first that requires it
};

}  // namespace

std::vector<Chain> shortest_chains(const ModuleGraph& graph, std::string_view path) {
  const ChainFinder finder(graph);
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
