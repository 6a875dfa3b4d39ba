// `why`: what leads to a module.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/engine/context.hpp"
#include "core/manifest/usage.hpp"
#include "core/resolve/chains.hpp"

namespace modtool::engine {

struct WhyOptions {
  std::vector<std::string> paths;  // module paths
  bool all = false;                // every requirement, not only a shortest chain to each version
  bool version = false;            // only what asks for the selected version
};

// What imports say of a module.
struct WhyImported {
  manifest::ImportChain chain = {};  // a shortest one; empty: nothing imports it, as far as is known
  std::string unknown = {};          // where there is no chain, what keeps it from being known, in one line
};

struct WhyAnswer {
  std::string path;
  std::string version;                 // the selected one; empty where the graph does not hold the path
  std::vector<resolve::Chain> chains;  // from the main module to the path
  std::string dialect = {};            // of the project, where several share the directory
  std::string nearest = {};            // where nothing is called so: what is meant, perhaps
  // Where the graph holds the path, and modules are used by imports in the dialect.
  std::optional<WhyImported> imported = {};
};

// The answers of a path in the order asked: that of the project; where several share the directory, of each whose graph
// holds the path, and one that is empty where none does. Imports are read from what is on this machine, the vendor
// directory included, and what keeps them from being known is part of the answer.
Result<std::vector<WhyAnswer>> explain_modules(const Context& context, const WhyOptions& options);

}  // namespace modtool::engine
