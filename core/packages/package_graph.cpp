#include "core/packages/package_graph.hpp"

#include <ranges>

namespace modtool::packages {

std::string PackageGraph::import_chain(std::size_t package) const {
  std::vector<const Package*> chain;
  for (std::size_t at = package; at != kNoPackage; at = packages[at].importer) chain.push_back(&packages[at]);
  std::string text;
  const Package* before = nullptr;
  for (const Package* each : chain | std::views::reverse) {
    if (before != nullptr) text += each->is_test() ? " tested by\n\t" : " imports\n\t";
    text += each->path;
    if (each->is_test()) text += ".test";
    before = each;
  }
  return text;
}

Error PackageGraph::problem_of(std::size_t package) const {
  return Error(*packages[package].problem).in(import_chain(package));
}

}  // namespace modtool::packages
