#include "core/source/cache_layout.hpp"

#include "core/io/file_system.hpp"
#include "core/module/path.hpp"

namespace modtool::source {

Result<std::string> proxy_path(const module::ModuleVersion& module, const std::string& suffix) {
  MODTOOL_TRY(const std::string path, module::escape_path(module.path));
  MODTOOL_TRY(const std::string version, module::escape_version(module.version));
  return path + "/@v/" + version + "." + suffix;
}

Result<std::string> CacheLayout::file(const module::ModuleVersion& module, const std::string& suffix) const {
  MODTOOL_TRY(const std::string path, proxy_path(module, suffix));
  return io::join_path(io::join_path(root, "cache/download"), path);
}

Result<std::string> CacheLayout::tree(const module::ModuleVersion& module) const {
  MODTOOL_TRY(const std::string path, module::escape_path(module.path));
  MODTOOL_TRY(const std::string version, module::escape_version(module.version));
  return io::join_path(root, path + "@" + version);
}

}  // namespace modtool::source
