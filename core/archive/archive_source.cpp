#include "core/archive/archive_source.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/module/hash.hpp"
#include "core/module/semver.hpp"
#include "core/module/zip_rules.hpp"
#include "core/source/entry_tree.hpp"
#include "core/source/once_per_key.hpp"

namespace modtool::archive {
namespace {

using manifest::Description;
using module::ModuleVersion;

class ArchiveSource final : public source::LockingSource {
 public:
  ArchiveSource(ArchiveSourceOptions options, const ArchiveCacheInputs& inputs, WorkerPool& pool)
      : options_(std::move(options)), cache_(options_.cache, inputs, pool), pool_(pool) {}

  Result<std::vector<std::string>> versions(const std::string& /*path*/) override { return std::vector<std::string>(); }

  Result<source::VersionInfo> stat(const std::string& path, const std::string& query) override {
    if (module::canonical_version(query) != query) {
      return fail(
          Code::kUnknownVersion,
          fmt::format("{} is published as archives, which have no list of versions: name one, like v1.2.3", path));
    }
    MODTOOL_CHECK(find_module({path, query}));
    return source::VersionInfo{.version = query};
  }

  Result<std::string> manifest(const ModuleVersion& module) override {
    MODTOOL_TRY(const auto found, find_module(module));
    const auto* const file = module::find_file(*found.files, options_.manifest_name);
    if (file == nullptr) return options_.synthesise(module);
    if (file->size <= module::kMaxGoMod) return found.files->read(file->name);
    return fail(Code::kTooLarge,
                fmt::format("`{}` has {} bytes, the limit is {}", file->name, file->size, module::kMaxGoMod));
  }

  Result<std::shared_ptr<const module::ModuleTree>> tree(const ModuleVersion& module) override {
    MODTOOL_TRY(auto found, find_module(module));
    return std::move(found.files);
  }

  Result<source::FoundModule> find_module(const ModuleVersion& module) override {
    return found_.get(module, [&] { return open(module, CachedCopy::kUse); });
  }

  Result<void> check_upstream(const ModuleVersion& module) override {
    MODTOOL_CHECK(open(module, CachedCopy::kPassOver));
    return {};
  }

  Result<std::string> identity(const std::string& path) override {
    const Description& description = *options_.describe(path);
    return fmt::format("{}//{}{}", description.archive, description.strip ? "" : "./",
                       description.subdirectory.value_or(""));
  }

 private:
  Result<source::FoundModule> open(const ModuleVersion& module, CachedCopy cached) {
    const Description& description = *options_.describe(module.path);
    const auto location = locate_archive(description.archive, module.version, options_.directory);
    if (!location) return fail(manifest::said_of(module.path, &description, location.error()));
    source::FoundModule found{.archive = location->url, .is_unstripped = !description.strip};
    const auto take = [&](const OpenArchive& archive) -> Result<void> {
      MODTOOL_TRY(auto made, source::placing_omit(make_tree(archive, description), module.path, &description));
      MODTOOL_CHECK(check_locked(module, location->url, *made.files));
      found.files = std::move(made.files);
      found.links_left_out = std::move(made.links_left_out);
      found.omitted = std::move(made.omitted);
      return {};
    };
    MODTOOL_CHECK(cache_.open(*location, cached, take));
    return found;
  }

  Result<source::EntryTree> make_tree(const OpenArchive& archive, const Description& description) const {
    MODTOOL_TRY(auto module, entries_of_module(description.strip ? strip_top(archive.entries) : archive.entries,
                                               description.subdirectory.value_or(""), options_.manifest_name));
    return source::make_entry_tree({.entries = std::move(module.entries),
                                    .contents = archive.contents,
                                    .license = std::move(module.license),
                                    .symlinks = description.symlinks,
                                    .omit = description.omit,
                                    .manifest_name = options_.manifest_name,
                                    .lfs = description.lfs});
  }

  Result<void> check_locked(const ModuleVersion& module, const std::string& url, const module::ModuleTree& tree) const {
    const auto* const locked = options_.locked(module);
    if (locked == nullptr || locked->sum.empty() || locked->archive != url) return {};
    MODTOOL_TRY(const auto preimage, module::hash_tree(tree, pool_));
    const auto sum = module::h1_of(preimage, to_string(module));
    if (sum == locked->sum) return {};
    return fail(Error{.code = Code::kChecksumMismatch,
                      .message = fmt::format("the archive has the hash {} and was locked with {}", sum, locked->sum)}
                    .at(locked->where));
  }

  ArchiveSourceOptions options_;
  ArchiveCache cache_;
  WorkerPool& pool_;
  source::OncePerKey<ModuleVersion, source::FoundModule> found_;
};

}  // namespace

std::unique_ptr<source::LockingSource> make_archive_source(ArchiveSourceOptions options,
                                                           const ArchiveCacheInputs& inputs, WorkerPool& pool) {
  return std::make_unique<ArchiveSource>(std::move(options), inputs, pool);
}

}  // namespace modtool::archive
