#include "core/goproxy/cache_layout.hpp"

#include "core/base/text.hpp"
#include "core/io/file_system.hpp"
#include "core/module/path.hpp"
#include "core/module/semver.hpp"

namespace modtool::goproxy {

using module::ModuleVersion;

Result<CacheLayout> CacheLayout::create(const std::string& root) {
  if (root.empty()) {
    return fail(Code::kBadSetting, "module cache not found: neither GOMODCACHE nor GOPATH is set");
  }
  if (!io::is_absolute(root)) {
    return fail(Code::kBadSetting, "GOMODCACHE entry is relative; must be absolute path: " + quote(root) + ".");
  }
  return CacheLayout(io::clean_path(root));
}

Result<std::string> CacheLayout::version_directory(const std::string& path) const {
  MODTOOL_TRY(const std::string escaped, module::escape_path(path));
  return root_ + "/cache/download/" + escaped + "/@v";
}

Result<std::string> CacheLayout::file(const ModuleVersion& module, std::string_view suffix) const {
  MODTOOL_TRY(const std::string directory, version_directory(module.path));
  MODTOOL_CHECK(check_canonical(module.version));
  MODTOOL_TRY(const std::string version, module::escape_version(module.version));
  return directory + "/" + version + "." + std::string(suffix);
}

Result<std::string> CacheLayout::tree(const ModuleVersion& module) const {
  MODTOOL_TRY(const std::string path, module::escape_path(module.path));
  MODTOOL_CHECK(check_canonical(module.version));
  MODTOOL_TRY(const std::string version, module::escape_version(module.version));
  return root_ + "/" + path + "@" + version;
}

Result<void> check_canonical(const std::string& version) {
  if (!module::is_valid_version(version)) {
    return fail(Code::kBadVersion, "non-semver module version " + quote(version));
  }
  std::string canonical = module::canonical_version(version);
  if (module::is_incompatible(version)) canonical += "+incompatible";
  if (canonical != version) return fail(Code::kBadVersion, "non-canonical module version " + quote(version));
  return {};
}

}  // namespace modtool::goproxy
