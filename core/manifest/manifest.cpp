#include "core/manifest/manifest.hpp"

namespace modtool::manifest {

// Of two lines for one module the last one counts, as with Go.
ReplacementTable::ReplacementTable(const std::vector<Replacement>& replacements) : replacements_(replacements) {
  for (std::size_t i = 0; i < replacements_.size(); ++i) index_[replacements_[i].from] = i;
}

const Replacement* ReplacementTable::find(const module::ModuleVersion& module) const {
  auto found = index_.find(module);
  if (found == index_.end()) found = index_.find({.path = module.path, .version = {}});
  return found == index_.end() ? nullptr : &replacements_[found->second];
}

StandIn ReplacementTable::stand_in(const module::ModuleVersion& module) const {
  const auto* replacement = find(module);
  return replacement == nullptr ? module : replacement->to;
}

}  // namespace modtool::manifest
