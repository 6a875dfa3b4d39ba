#include "cli/operations/module_preimage.hpp"

#include <utility>

#include "core/goproxy/cache_layout.hpp"
#include "core/goproxy/zip_tree.hpp"

namespace modtool::cli {

Result<module::Preimage> preimage_of(Session& session, const project::Project& project,
                                     const module::ModuleVersion& module, const module::ModuleTree& tree) {
  MODTOOL_TRY(auto files, module::hash_tree(tree, session.pool));
  const auto h1 = module::h1_of(files, to_string(module));
  if (project.lock.checksums.check(module, h1) == manifest::ChecksumVerdict::kMatch) return files;
  if (project.dialect->locks_graph()) return files;  // such modules come from no zip
  MODTOOL_TRY(const auto layout, goproxy::CacheLayout::create(session.settings.module_cache));
  MODTOOL_TRY(const auto zip, layout.file(module, "zip"));
  return goproxy::with_directory_entries(std::move(files), session.files, zip, module);
}

}  // namespace modtool::cli
