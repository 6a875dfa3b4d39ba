#include "core/goproxy/proxy_tree.hpp"

#include <memory>

#include "core/goproxy/cache_file.hpp"

namespace modtool::goproxy {
namespace {

// Whether a file holds these bytes. What cannot be read is written anew.
bool holds(const io::FileReader& files, const std::string& path, std::string_view bytes) {
  const auto info = files.lstat(path).or_nothing();
  if (!info || info->kind != io::FileKind::kRegular || info->size != bytes.size()) return false;
  const auto there = files.map(path);
  return there && (*there)->view() == bytes;
}

}  // namespace

std::string ProxyTree::place_of(const std::string& cached) const {
  return directory_ + cached.substr((cache_.root() + "/cache/download").size());
}

Result<std::size_t> ProxyTree::add(const module::ModuleVersion& module, const std::vector<std::string_view>& suffixes) {
  std::size_t written = 0;
  for (const auto suffix : suffixes) {
    MODTOOL_TRY(const std::string cached, cache_.file(module, suffix));
    MODTOOL_TRY(const auto bytes, files_.map(cached));
    const std::string place = place_of(cached);
    if (holds(files_, place, bytes->view())) continue;
    MODTOOL_CHECK(save_cache_file(files_, place, bytes->view()));
    ++written;
  }
  return written;
}

Result<void> ProxyTree::list_versions(const std::string& path, const Cancellation& cancellation) {
  MODTOOL_TRY(const std::string cached, cache_.version_directory(path));
  MODTOOL_TRY(const auto there, files_.stat(place_of(cached)).if_there());
  return there ? save_version_list(files_, place_of(cached), cancellation) : Result<void>();
}

}  // namespace modtool::goproxy
