#include "core/engine/stored_modules.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/module/executables.hpp"
#include "core/module/hash.hpp"
#include "core/module/pruned_tree.hpp"

namespace modtool::engine {

using manifest::StandIn;
using manifest::Tree;

StoredModules::StoredModules(const Context& context, OpenProject& opened, const patch::ModulePatches& patches)
    : context_(context),
      opened_(opened),
      patches_(patches),
      store_(context.files, context.pool, context.settings.tree_store),
      proving_(context.reporter.begin({.verb = "proving"})) {}

Result<std::string> StoredModules::directory_of(const StandIn& stand_in, const std::vector<std::string>& nested) {
  if (context_.settings.tree_store.empty()) {
    return fail(Error{.code = Code::kBadSetting,
                      .message = "there is no directory for a cache: neither XDG_CACHE_HOME nor HOME is set; "
                                 "XDG_CACHE_HOME=DIR in front of the command names one"});
  }
  const Task step = proving_.step(to_string(stand_in));
  auto placed = place(stand_in, nested);
  if (!placed) return fail_in(std::move(placed), to_string(stand_in));
  if (placed->was_changed) {
    context_.reporter.note(fmt::format("{}: its copy in the store was changed, and is made anew", to_string(stand_in)));
  }
  return placed->path;
}

Result<source::StoredDirectory> StoredModules::place(const StandIn& stand_in, const std::vector<std::string>& nested) {
  const auto* locked = opened_.locked(stand_in);
  source::StoredTree wanted{.module = stand_in, .h1 = std::string(opened_.project().lock.checksums.h1(stand_in))};
  if (locked == nullptr || wanted.h1.empty()) {
    return fail(Code::kChecksumMissing, "the lock has no checksum of it");
  }
  wanted.executables = locked->executables;
  const auto* patches = patches_.find(stand_in);
  if (patches == nullptr && nested.empty()) {
    return store_.place(wanted, [&] { return opened_.source().tree(stand_in); });
  }
  MODTOOL_TRY(Tree tree, proven_tree(stand_in, wanted.h1));
  if (patches != nullptr) {
    MODTOOL_TRY(tree, patch::make_patched_tree(module::make_trusted_tree(std::move(tree)), *patches));
  }
  tree = module::prune_tree(std::move(tree), nested);
  MODTOOL_TRY(const auto preimage, module::hash_tree(*tree, context_.pool));
  wanted.h1 = module::h1_of(preimage, to_string(stand_in));
  wanted.executables = module::hash_of_executables(module::executable_names(*tree));
  return store_.place(wanted, [&] { return tree; });
}

// Patches go onto proven bytes only.
Result<Tree> StoredModules::proven_tree(const StandIn& stand_in, const std::string& h1) {
  MODTOOL_TRY(Tree tree, opened_.source().tree(stand_in));
  MODTOOL_TRY(const auto preimage, module::hash_tree(*tree, context_.pool));
  if (module::h1_of(preimage, to_string(stand_in)) == h1) return tree;
  return fail(Code::kChecksumMismatch, "the files are not those of the lock");
}

}  // namespace modtool::engine
