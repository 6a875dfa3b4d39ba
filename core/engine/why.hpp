// `why`: what leads to a module.
#pragma once

#include <string>
#include <vector>

#include "core/engine/context.hpp"
#include "core/resolve/chains.hpp"

namespace modtool::engine {

struct WhyOptions {
  std::vector<std::string> paths;  // module paths
  bool all = false;                // every requirement, not only a shortest chain to each version
  bool version = false;            // only what asks for the selected version
};

struct WhyAnswer {
  std::string path;
  std::string version;                 // the selected one; empty where the graph does not hold the path
  std::vector<resolve::Chain> chains;  // from the main module to the path
  std::string dialect = {};            // of the project, where several share the directory
  std::string nearest = {};            // where nothing is called so: what is meant, perhaps
};

// The answers of a path in the order asked: that of the project; where several share the directory, of each whose graph
// holds the path, and one that is empty where none does.
Result<std::vector<WhyAnswer>> explain_modules(const Context& context, const WhyOptions& options);

}  // namespace modtool::engine
