#include "core/resolve/spellings.hpp"

#include <fmt/format.h>

#include <map>

#include "core/module/path.hpp"
#include "core/resolve/chains.hpp"

namespace modtool::resolve {
namespace {

// "b@v2 <- a@v1 <- main", for the version that was selected of a path.
std::string chain_to(const ModuleGraph& graph, const std::string& path) {
  std::string text;
  for (const auto& chain : shortest_chains(graph, path)) {
    if (chain.back() != *graph.selected(path)) continue;
    for (auto module = chain.rbegin(); module != chain.rend(); ++module) {
      text += (text.empty() ? "" : " <- ") + to_string(*module);
    }
  }
  return text;
}

}  // namespace

Result<void> check_one_spelling(const ModuleGraph& graph, const manifest::Modules& modules,
                                const IdentityOf& identity) {
  std::map<std::string, std::string> first;  // identity, letter case left aside → path
  for (const auto& module : graph.build_list()) {
    const manifest::StandIn stand_in = modules.stand_in(module);
    if (module.version.empty() || stand_in.is_directory()) continue;
    MODTOOL_TRY(const std::string place, identity(stand_in.path));
    const auto [known, fresh] = first.emplace(module::fold_case(place), module.path);
    if (fresh) continue;
    return fail(Code::kTwoSpellings,
                fmt::format("{} and {} are one module under two paths:\n\t{}\n\t{}", known->second, module.path,
                            chain_to(graph, known->second), chain_to(graph, module.path)));
  }
  return {};
}

}  // namespace modtool::resolve
