#include "core/engine/preimage.hpp"

#include <utility>

#include "core/goproxy/cache_layout.hpp"
#include "core/goproxy/zip_tree.hpp"

namespace modtool::engine {

Result<module::Preimage> preimage_of(const Context& context, const project::Project& project,
                                     const module::ModuleVersion& module, const module::ModuleTree& tree) {
  MODTOOL_TRY(auto files, module::hash_tree(tree, context.pool));
  const auto h1 = module::h1_of(files, to_string(module));
  if (project.lock.checksums.check(module, h1) == manifest::ChecksumVerdict::kMatch) return files;
  if (!project.can.has_module_cache) return files;  // such modules come from no zip
  MODTOOL_TRY(const auto layout, goproxy::CacheLayout::create(context.settings.module_cache));
  MODTOOL_TRY(const auto zip, layout.file(module, "zip"));
  return goproxy::with_directory_entries(std::move(files), context.files, zip, module);
}

}  // namespace modtool::engine
