#include "core/packages/package_graph.hpp"

#include <algorithm>

namespace modtool::packages {

std::vector<const Package*> PackageGraph::steps_to(std::size_t package) const {
  std::vector<const Package*> steps;
  for (std::size_t at = package; at != kNoPackage; at = packages[at].importer) steps.push_back(&packages[at]);
  std::ranges::reverse(steps);
  return steps;
}

std::vector<std::string> PackageGraph::chain_to(std::size_t package) const {
  std::vector<std::string> paths;
  for (const Package* step : steps_to(package)) paths.push_back(step->shown_path());
  return paths;
}

std::string PackageGraph::import_chain(std::size_t package) const {
  std::string text;
  for (const Package* step : steps_to(package)) {
    if (!text.empty()) text += step->is_test() ? " tested by\n\t" : " imports\n\t";
    text += step->shown_path();
  }
  return text;
}

Error PackageGraph::problem_of(std::size_t package) const {
  return Error(*packages[package].problem).in(import_chain(package));
}

}  // namespace modtool::packages
