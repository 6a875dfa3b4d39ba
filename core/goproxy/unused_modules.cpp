#include "core/goproxy/unused_modules.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "core/goproxy/cache_file.hpp"
#include "core/module/path.hpp"

namespace modtool::goproxy {

using module::ModuleVersion;

namespace {

// In the order in which they are removed: what a module is found by goes last.
constexpr std::array<std::string_view, 4> kParts = {"zip", "ziphash", "info", "mod"};

// "v1.0.0" of "v1.0.0.mod"; nothing for what is no part of a module.
std::optional<std::string> version_of(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || std::ranges::find(kParts, name.substr(dot + 1)) == kParts.end()) return {};
  auto version = module::unescape_version(name.substr(0, dot));
  if (!version || !check_canonical(*version)) return {};
  return std::move(*version);
}

}  // namespace

// The directories `@v`, those of the checksum database left out. No link is followed.
Result<std::vector<std::string>> UnusedModules::version_directories() const {
  const std::string top = layout_.root() + "/cache/download";
  std::vector<std::string> found;
  std::vector<std::string> left = {top};
  while (!left.empty()) {
    const std::string next = std::move(left.back());
    left.pop_back();
    MODTOOL_TRY(const auto entries, files_.list(next).if_there());
    if (!entries) continue;
    for (const auto& entry : *entries) {
      if (entry.kind != io::FileKind::kDirectory || (next == top && entry.name == "sumdb")) continue;
      (entry.name == "@v" ? found : left).push_back(next + "/" + entry.name);
    }
  }
  return found;
}

Result<std::vector<UnusedModule>> UnusedModules::find(std::int64_t since_ns) const {
  MODTOOL_TRY(const auto directories, version_directories());
  std::vector<UnusedModule> found;
  for (const auto& directory : directories) {
    MODTOOL_CHECK(cancellation_.check());
    MODTOOL_CHECK(find_in(directory, since_ns, found));
  }
  std::ranges::sort(found, module::module_less, &UnusedModule::module);
  return found;
}

Result<void> UnusedModules::find_in(const std::string& directory, std::int64_t since_ns,
                                    std::vector<UnusedModule>& found) const {
  const auto start = layout_.root().size() + std::string_view("/cache/download/").size();
  const auto size = directory.size() - start - std::string_view("/@v").size();
  const auto path = module::unescape_path(std::string_view(directory).substr(start, size));
  if (!path) return {};
  MODTOOL_TRY(const auto entries, files_.list(directory).if_there());
  std::set<std::string> versions;
  for (const auto& entry : entries.value_or(std::vector<io::DirectoryEntry>())) {
    if (auto version = version_of(entry.name)) versions.insert(std::move(*version));
  }
  for (const auto& version : versions) {
    const ModuleVersion module{*path, version};
    MODTOOL_TRY(const bool is_old, is_unused(module, since_ns));
    if (!is_old) continue;
    MODTOOL_TRY(const std::uint64_t bytes, size_of(module));
    found.push_back({module, bytes});
  }
  return {};
}

Result<bool> UnusedModules::is_unused(const ModuleVersion& module, std::int64_t since_ns) const {
  std::int64_t used = 0;
  for (const auto part : kParts) {
    MODTOOL_TRY(const std::string file, layout_.file(module, part));
    MODTOOL_TRY(const auto info, files_.lstat(file).if_there());
    if (info) used = std::max({used, info->modified_ns, info->accessed_ns});
  }
  return used != 0 && used < since_ns;
}

Result<std::uint64_t> UnusedModules::size_of(const ModuleVersion& module) const {
  std::vector<std::string> left;
  for (const auto part : kParts) {
    MODTOOL_TRY(std::string file, layout_.file(module, part));
    left.push_back(std::move(file));
  }
  MODTOOL_TRY(std::string tree, layout_.tree(module));
  left.push_back(std::move(tree));
  std::uint64_t bytes = 0;
  while (!left.empty()) {
    const std::string next = std::move(left.back());
    left.pop_back();
    MODTOOL_TRY(const auto info, files_.lstat(next).if_there());
    if (!info) continue;
    if (info->kind != io::FileKind::kDirectory) {
      bytes += info->size;
      continue;
    }
    MODTOOL_TRY(const auto entries, files_.list(next).if_there());
    for (const auto& entry : entries.value_or(std::vector<io::DirectoryEntry>()))
      left.push_back(next + "/" + entry.name);
  }
  return bytes;
}

Result<void> UnusedModules::hold() {
  MODTOOL_CHECK(files_.make_directories(layout_.root() + "/cache"));
  MODTOOL_TRY(held_, files_.lock_if_possible(layout_.root() + "/cache/lock", cancellation_));
  return {};
}

// Whether a path below the cache is a directory, reached through directories alone.
Result<bool> UnusedModules::is_own_directory(const std::string& path) const {
  for (auto end = layout_.root().size() + 1; end != std::string::npos;) {
    end = path.find('/', end);
    const std::string part = path.substr(0, end);
    MODTOOL_TRY(const auto info, files_.lstat(part).if_there());
    if (!info || info->kind != io::FileKind::kDirectory) return false;
    if (end != std::string::npos) ++end;
  }
  return true;
}

// A mark says that the extracted tree is not whole, as long as it is being removed.
Result<void> UnusedModules::remove_tree(const ModuleVersion& module) {
  MODTOOL_TRY(const std::string tree, layout_.tree(module));
  MODTOOL_TRY(const bool is_there, is_own_directory(tree));
  if (!is_there) return {};
  MODTOOL_TRY(const std::string partial, layout_.file(module, "partial"));
  MODTOOL_CHECK(save_cache_file(files_, partial, ""));
  MODTOOL_CHECK(files_.remove_all(tree));
  return files_.remove_all(partial);
}

Result<bool> UnusedModules::remove(const ModuleVersion& module, std::int64_t since_ns) {
  MODTOOL_TRY(const std::string lock, layout_.file(module, "lock"));
  const std::string directory = io::directory_of(lock);
  MODTOOL_TRY(const bool is_own, is_own_directory(directory));
  if (!is_own) return false;
  {
    MODTOOL_TRY(const auto held, files_.lock_if_possible(lock, cancellation_));
    MODTOOL_TRY(const bool is_old, is_unused(module, since_ns));
    if (!is_old) return false;
    MODTOOL_CHECK(remove_tree(module));
    for (const auto part : kParts) {
      MODTOOL_TRY(const std::string file, layout_.file(module, part));
      MODTOOL_CHECK(files_.remove_all(file));
    }
  }
  MODTOOL_CHECK(save_version_list(files_, directory, cancellation_));
  return true;
}

}  // namespace modtool::goproxy
