#include "core/goproxy/module_store.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "core/base/text.hpp"
#include "core/goproxy/cache_file.hpp"
#include "core/goproxy/zip_tree.hpp"
#include "core/module/hash.hpp"
#include "core/source/directory_tree.hpp"
#include "core/source/staged_tree.hpp"

namespace modtool::goproxy {

using module::ModuleVersion;

namespace {

// Removes a file when it goes out of scope; a file that was renamed is not there any more.
class FileRemover {
 public:
  FileRemover(io::FileSystem& files, std::string path) : files_(files), path_(std::move(path)) {}
  FileRemover(const FileRemover&) = delete;
  FileRemover& operator=(const FileRemover&) = delete;
  ~FileRemover() { (void)files_.remove_all(path_); }

 private:
  io::FileSystem& files_;
  std::string path_;
};

// Whether a .ziphash file was written to its end: the go command fills its size with zeros first.
bool is_whole_hash(std::string_view hash) {
  constexpr std::size_t kSize = std::string_view("h1:").size() + 44;
  return hash.size() == kSize && hash.find('\0') == std::string_view::npos;
}

Result<bool> has_hashed_zip(const io::FileReader& files, const ModulePlaces& places) {
  MODTOOL_TRY(const auto zip, files.stat(places.zip).if_there());
  if (!zip) return false;
  MODTOOL_TRY(const auto hash, files.stat(places.zip_hash).if_there());
  return hash.has_value();
}

// Zips whose writer ended before it was done.
void remove_leftovers(io::FileSystem& files, const std::string& zip) {
  const std::string directory = io::directory_of(zip);
  const std::string prefix = io::base_name(zip);
  const auto entries = files.list(directory).or_nothing();
  if (!entries) return;
  for (const auto& entry : *entries) {
    const bool is_leftover = entry.name.starts_with(prefix) && entry.name.ends_with(".tmp");
    if (is_leftover) (void)files.remove_all(io::join_path(directory, entry.name));
  }
}

}  // namespace

Result<ModulePlaces> places_of(const CacheLayout& layout, const ModuleVersion& module) {
  MODTOOL_TRY(const std::string zip, layout.file(module, "zip"));
  MODTOOL_TRY(std::string tree, layout.tree(module));
  const std::string stem = zip.substr(0, zip.size() - std::string_view("zip").size());
  return ModulePlaces{.zip = zip,
                      .zip_hash = zip + "hash",
                      .partial = stem + "partial",
                      .lock = stem + "lock",
                      .tree = std::move(tree)};
}

Result<bool> is_extracted(const io::FileReader& files, const ModulePlaces& places) {
  MODTOOL_TRY(const auto tree, files.stat(places.tree).if_there());
  if (!tree || tree->kind != io::FileKind::kDirectory) return false;
  MODTOOL_TRY(const auto partial, files.stat(places.partial).if_there());
  if (partial) return false;
  MODTOOL_TRY(const auto hash, files.stat(places.zip_hash).if_there());
  return hash.has_value();
}

Result<std::string> ModuleStore::directory(const ModuleVersion& module) {
  MODTOOL_TRY(const ModulePlaces places, places_of(layout_, module));
  MODTOOL_TRY(const bool is_there, is_extracted(inputs_.files, places));
  if (!is_there) MODTOOL_CHECK(fill(module, places));
  MODTOOL_CHECK(check_recorded_hash(module, places));
  return places.tree;
}

Result<std::string> ModuleStore::zip(const ModuleVersion& module) {
  MODTOOL_TRY(const ModulePlaces places, places_of(layout_, module));
  MODTOOL_TRY(const bool is_there, has_hashed_zip(inputs_.files, places));
  if (!is_there) MODTOOL_CHECK(fill_zip(module, places));
  return check_recorded_hash(module, places);
}

// A directory that is extracted already is left alone.
Result<void> ModuleStore::fill_zip(const ModuleVersion& module, const ModulePlaces& places) {
  MODTOOL_TRY(const bool has_tree, is_extracted(inputs_.files, places));
  MODTOOL_TRY(const auto zip, inputs_.files.stat(places.zip).if_there());
  if (!has_tree && !zip) {
    MODTOOL_CHECK(fill(module, places));
    return {};
  }
  if (!zip && !inputs_.may_fetch) return fail(refusal(module));
  MODTOOL_CHECK(inputs_.files.make_directories(io::directory_of(places.lock)));
  MODTOOL_TRY(const auto lock, inputs_.files.lock(places.lock, inputs_.pool.cancellation()));
  MODTOOL_TRY(const bool is_there, has_hashed_zip(inputs_.files, places));
  if (is_there) return {};
  remove_leftovers(inputs_.files, places.zip);
  if (zip) return keep_zip(module, places, places.zip, source::BytesFrom::kCache);
  const std::string temporary = temporary_name(places.zip);
  const FileRemover remover(inputs_.files, temporary);
  MODTOOL_CHECK(inputs_.origin.fetch_zip(module, temporary));
  return keep_zip(module, places, temporary, source::BytesFrom::kDownload);
}

Result<void> ModuleStore::keep_zip(const ModuleVersion& module, const ModulePlaces& places, const std::string& path,
                                   source::BytesFrom from) {
  MODTOOL_TRY(const source::HashedTree hashed, hash_module_zip(inputs_.files, path, module, inputs_.pool));
  MODTOOL_CHECK(inputs_.checksums.check(module, hashed.h1, from));
  MODTOOL_CHECK(save_cache_file(inputs_.files, places.zip_hash, hashed.h1));
  return path == places.zip ? Result<void>() : inputs_.files.rename(path, places.zip);
}

Result<source::HashedTree> ModuleStore::contents(const ModuleVersion& module) {
  MODTOOL_TRY(const ModulePlaces places, places_of(layout_, module));
  MODTOOL_TRY(const auto zip, inputs_.files.stat(places.zip).if_there());
  if (!zip) {
    MODTOOL_TRY(const bool has_tree, is_extracted(inputs_.files, places));
    if (!has_tree) return fill(module, places);
  }
  MODTOOL_TRY(source::HashedTree hashed,
              zip ? hash_module_zip(inputs_.files, places.zip, module, inputs_.pool)
                  : source::hash_extracted_module(inputs_.files, places.tree, module, inputs_.pool));
  MODTOOL_CHECK(inputs_.checksums.check(module, hashed.h1, source::BytesFrom::kCache));
  return hashed;
}

// Whoever waited for the lock finds the work done by the one who held it, and extracts no second time.
Result<source::HashedTree> ModuleStore::fill(const ModuleVersion& module, const ModulePlaces& places) {
  MODTOOL_TRY(const auto zip, inputs_.files.stat(places.zip).if_there());
  if (!zip && !inputs_.may_fetch) return fail(refusal(module));
  MODTOOL_TRY(const auto zip_hash, inputs_.files.stat(places.zip_hash).if_there());
  // Go says so, too, where it only has to hash the zip that is there.
  const bool is_told = !zip || (!inputs_.checksums.is_strict() && !zip_hash);
  const Task downloading =
      is_told ? inputs_.reporter.begin({.verb = "downloading", .what = module.path + " " + module.version}) : Task();
  MODTOOL_CHECK(inputs_.files.make_directories(io::directory_of(places.lock)));
  MODTOOL_TRY(const auto lock, lock_module(places));
  return fill_locked(module, places);
}

Result<std::unique_ptr<io::FileLock>> ModuleStore::lock_module(const ModulePlaces& places) {
  const WorkerPool::Wait elsewhere(inputs_.pool);
  return inputs_.files.lock(places.lock, inputs_.pool.cancellation());
}

Result<source::HashedTree> ModuleStore::fill_locked(const ModuleVersion& module, const ModulePlaces& places) {
  MODTOOL_TRY(const bool is_there, is_extracted(inputs_.files, places));
  if (is_there) return source::hash_extracted_module(inputs_.files, places.tree, module, inputs_.pool);
  remove_leftovers(inputs_.files, places.zip);
  MODTOOL_TRY(const auto zip, inputs_.files.stat(places.zip).if_there());
  if (!zip) return fetch(module, places);
  MODTOOL_TRY(const auto zip_hash, inputs_.files.stat(places.zip_hash).if_there());
  // By Go's rules the hash beside a zip stands for it: a wrong one is an error although the zip may be right.
  if (!inputs_.checksums.is_strict() && zip_hash) MODTOOL_CHECK(check_recorded_hash(module, places));
  return extract(module, places, places.zip, source::BytesFrom::kCache);
}

Error ModuleStore::refusal(const ModuleVersion& module) {
  const auto refused = inputs_.origin.fetch_zip(module, "");
  return refused ? Error{.message = "a source that may not fetch did"} : refused.error();
}

Result<source::HashedTree> ModuleStore::fetch(const ModuleVersion& module, const ModulePlaces& places) {
  const std::string temporary = temporary_name(places.zip);
  const FileRemover remover(inputs_.files, temporary);
  MODTOOL_CHECK(inputs_.origin.fetch_zip(module, temporary));
  auto extracted = extract(module, places, temporary, source::BytesFrom::kDownload);
  // Not a file of this machine that broke.
  if (!extracted && extracted.error().code == Code::kBadZip) extracted.error().code = Code::kBadReply;
  return extracted;
}

Result<source::HashedTree> ModuleStore::extract(const ModuleVersion& module, const ModulePlaces& places,
                                                const std::string& path, source::BytesFrom from) {
  MODTOOL_TRY(ModuleZip zip, open_module_zip(inputs_.files, path, module));
  MODTOOL_TRY(source::StagedTree staged,
              source::StagedTree::write(inputs_.files, *zip.tree, places.tree, inputs_.writable_trees, inputs_.pool));
  source::HashedTree hashed = with_hashes(std::move(zip), staged.preimage(), module);
  MODTOOL_CHECK(inputs_.checksums.check(module, hashed.h1, from));
  MODTOOL_CHECK(save_cache_file(inputs_.files, places.zip_hash, hashed.h1));
  if (path != places.zip) MODTOOL_CHECK(inputs_.files.rename(path, places.zip));
  MODTOOL_CHECK(staged.commit());
  MODTOOL_CHECK(inputs_.files.remove_all(places.partial));
  return hashed;
}

Result<std::string> ModuleStore::check_recorded_hash(const ModuleVersion& module, const ModulePlaces& places) {
  MODTOOL_TRY(const std::string text, inputs_.files.read(places.zip_hash).required());
  std::string hash(trim(text));
  if (is_whole_hash(hash)) {
    if (!hash.starts_with("h1:")) return fail(Code::kUnknownHash, "unexpected ziphash: " + quote(hash));
    MODTOOL_CHECK(inputs_.checksums.check(module, hash, source::BytesFrom::kCache));
    return hash;
  }
  MODTOOL_TRY(source::HashedTree hashed, hash_module_zip(inputs_.files, places.zip, module, inputs_.pool));
  MODTOOL_CHECK(inputs_.checksums.check(module, hashed.h1, source::BytesFrom::kCache));
  MODTOOL_CHECK(save_cache_file(inputs_.files, places.zip_hash, hashed.h1));
  return std::move(hashed.h1);
}

}  // namespace modtool::goproxy
