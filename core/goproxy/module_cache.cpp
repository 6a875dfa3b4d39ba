#include "core/goproxy/module_cache.hpp"

#include <string_view>
#include <utility>

#include "core/goproxy/cache_file.hpp"
#include "core/module/hash.hpp"
#include "core/module/proven_tree.hpp"
#include "core/source/directory_tree.hpp"

namespace modtool::goproxy {

using module::ModuleVersion;

namespace {

// Old releases of go kept manifests here that they had made up from other tools' files; those count as absent.
bool is_converted(std::string_view manifest) { return manifest.starts_with("//vgo 0.0."); }

}  // namespace

ModuleCache::ModuleCache(const CacheLayout& layout, const CacheInputs& inputs)
    : layout_(layout), inputs_(inputs), store_(layout, inputs) {}

Result<std::vector<std::string>> ModuleCache::versions(const std::string& path) {
  return inputs_.origin.fetch_versions(path);
}

Result<source::VersionInfo> ModuleCache::stat(const std::string& path, const std::string& query) {
  if (const auto file = layout_.file({.path = path, .version = query}, "info")) {
    MODTOOL_TRY(const auto text, inputs_.files.read(*file).if_there());
    auto info = text ? source::parse_version_info(*text) : fail(Code::kFileNotFound, *file);
    if (info && info->version == query) return info;
  }
  MODTOOL_TRY(source::VersionInfo info,
              query == "latest" ? inputs_.origin.fetch_latest(path) : inputs_.origin.fetch_info(path, query));
  if (const auto file = layout_.file({.path = path, .version = info.version}, "info")) {
    MODTOOL_CHECK(kept(save_cache_file(inputs_.files, *file, source::format_version_info(info)), "writing stat cache"));
  }
  return info;
}

Result<std::string> ModuleCache::manifest(const ModuleVersion& module) {
  MODTOOL_TRY(const std::string file, layout_.file(module, "mod"));
  const ModuleVersion key = manifest::go_mod_key(module);
  MODTOOL_CHECK(inputs_.checksums.check_allowed(key));
  MODTOOL_TRY(auto text, inputs_.files.read(file).if_there());
  if (!text || is_converted(*text)) return fetch_manifest(module, file);
  MODTOOL_CHECK(inputs_.checksums.check(key, module::h1_of_go_mod(*text), source::BytesFrom::kCache));
  // Whoever put it there may have ended before the list of versions had it.
  if (inputs_.must_keep) MODTOOL_CHECK(list_version(file));
  return std::move(*text);
}

Result<std::string> ModuleCache::fetch_manifest(const ModuleVersion& module, const std::string& file) {
  MODTOOL_TRY(std::string text, inputs_.origin.fetch_mod(module));
  const ModuleVersion key = manifest::go_mod_key(module);
  MODTOOL_CHECK(inputs_.checksums.check(key, module::h1_of_go_mod(text), source::BytesFrom::kDownload));
  auto saved = save_cache_file(inputs_.files, file, text);
  if (saved) saved = list_version(file);
  MODTOOL_CHECK(inputs_.pool.cancellation().check());
  MODTOOL_CHECK(kept(saved, "writing go.mod cache"));
  return text;
}

Result<std::shared_ptr<const module::ModuleTree>> ModuleCache::tree(const ModuleVersion& module) {
  return trees_.get(module, [&] { return load_tree(module); });
}

Result<ModuleCache::Tree> ModuleCache::load_tree(const ModuleVersion& module) {
  MODTOOL_CHECK(inputs_.checksums.check_allowed(module));
  if (inputs_.checksums.is_strict()) {
    MODTOOL_TRY(source::HashedTree hashed, store_.contents(module));
    return module::make_backed_tree(std::move(hashed.preimage), std::move(hashed.tree), Code::kCacheModified);
  }
  MODTOOL_TRY(const std::string root, store_.directory(module));
  return source::open_directory_tree(inputs_.files, root, {});
}

Result<std::string> ModuleCache::directory(const ModuleVersion& module) {
  MODTOOL_CHECK(inputs_.checksums.check_allowed(module));
  return store_.directory(module);
}

Result<void> ModuleCache::bring_into(const ModuleVersion& module, ModuleParts& parts) {
  MODTOOL_CHECK(stat(module.path, module.version));
  MODTOOL_TRY(parts.info, layout_.file(module, "info"));
  MODTOOL_TRY(const std::string text, manifest(module));
  MODTOOL_TRY(parts.go_mod, layout_.file(module, "mod"));
  parts.go_mod_sum = module::h1_of_go_mod(text);
  MODTOOL_CHECK(inputs_.checksums.check_allowed(module));
  MODTOOL_TRY(parts.sum, store_.zip(module));
  MODTOOL_TRY(parts.zip, layout_.file(module, "zip"));
  MODTOOL_TRY(parts.directory, store_.directory(module));
  return {};
}

ModuleParts ModuleCache::bring(const ModuleVersion& module) {
  ModuleParts parts;
  if (auto brought = bring_into(module, parts); !brought) parts.error = std::move(brought.error());
  return parts;
}

Result<void> ModuleCache::list_version(const std::string& file) {
  return save_version_list(inputs_.files, io::directory_of(file), inputs_.pool.cancellation());
}

// A cache that cannot be written is no reason to fail, unless it is to be filled: the bytes are there and checked.
Result<void> ModuleCache::kept(const Result<void>& outcome, const std::string& doing) {
  if (outcome) return {};
  Error error = Error(outcome.error()).in(doing);
  if (inputs_.must_keep) return fail(std::move(error));
  inputs_.reporter.warn(error);
  return {};
}

}  // namespace modtool::goproxy
