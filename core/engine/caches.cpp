#include "core/engine/caches.hpp"

#include <algorithm>
#include <functional>

#include "core/goproxy/unused_modules.hpp"
#include "core/source/cache_use.hpp"

namespace modtool::engine {
namespace {

constexpr std::string_view kBeingRemoved = ".pruned";

// What is below a path, or the file itself. Whatever vanishes meanwhile does not count.
Result<void> measure(const io::FileReader& files, const std::string& path, CacheUsage& usage) {
  std::vector<std::string> left = {path};
  while (!left.empty()) {
    const std::string next = std::move(left.back());
    left.pop_back();
    MODTOOL_TRY(const auto info, files.lstat(next).if_there());
    if (!info) continue;
    const bool is_directory =
        info->kind == io::FileKind::kDirectory || (next == path && info->kind == io::FileKind::kSymlink);
    if (!is_directory) {
      ++usage.files;
      usage.bytes += info->size;
      continue;
    }
    MODTOOL_TRY(const auto entries, files.list(next).if_such());
    if (!entries) continue;
    for (const auto& entry : *entries) left.push_back(io::join_path(next, entry.name));
  }
  return {};
}

bool is_key(std::string_view name, std::size_t digits) {
  return name.size() == digits && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// One of modtool's own caches: what its entries are called. Whatever else is there is left alone.
struct OwnCache {
  std::string_view name;
  std::string directory;
  io::FileKind kind;
  std::size_t digits;
  bool is_nested;  // entries lie in directories `…@version`, and not in the cache itself
};

std::vector<OwnCache> own_caches(const Settings& settings) {
  constexpr std::size_t kUrlDigits = 32;
  constexpr std::size_t kTreeDigits = 16;
  return {{"git", settings.git_cache, io::FileKind::kDirectory, kUrlDigits, false},
          {"archives", settings.archive_cache, io::FileKind::kRegular, kUrlDigits, false},
          {"store", settings.tree_store, io::FileKind::kDirectory, kTreeDigits, true}};
}

struct Entry {
  std::string path;
  bool is_being_removed = false;  // by a run that was killed
};

class EntryFinder {
 public:
  EntryFinder(const io::FileReader& files, const OwnCache& cache) : files_(files), cache_(cache) {}

  Result<std::vector<Entry>> find() {
    if (cache_.directory.empty()) return std::vector<Entry>();
    left_ = {cache_.directory};
    while (!left_.empty()) {
      const std::string next = std::move(left_.back());
      left_.pop_back();
      MODTOOL_CHECK(look_into(next));
    }
    std::ranges::sort(found_, {}, &Entry::path);
    return std::move(found_);
  }

 private:
  Result<void> look_into(const std::string& directory) {
    const bool holds_entries = !cache_.is_nested || io::base_name(directory).contains('@');
    MODTOOL_TRY(const auto entries, files_.list(directory).if_there());
    if (!entries) return {};
    for (const auto& entry : *entries) {
      std::string_view name = entry.name;
      const bool is_being_removed = name.ends_with(kBeingRemoved);
      if (is_being_removed) name.remove_suffix(kBeingRemoved.size());
      if (holds_entries && entry.kind == cache_.kind && is_key(name, cache_.digits)) {
        found_.push_back({io::join_path(directory, name), is_being_removed});
      } else if (cache_.is_nested && !holds_entries && entry.kind == io::FileKind::kDirectory) {
        left_.push_back(io::join_path(directory, entry.name));
      }
    }
    return {};
  }

  const io::FileReader& files_;
  const OwnCache& cache_;
  std::vector<std::string> left_;
  std::vector<Entry> found_;
};

class Pruner {
 public:
  Pruner(const Context& context, const PruneOptions& options) : context_(context), options_(options) {}

  Result<PruneReport> run() {
    for (const auto& cache : own_caches(context_.settings)) MODTOOL_CHECK(prune_own(cache));
    if (options_.prunes_go) MODTOOL_CHECK(prune_go());
    return std::move(report_);
  }

 private:
  Result<void> prune_own(const OwnCache& cache) {
    MODTOOL_TRY(const auto entries, EntryFinder(context_.files, cache).find());
    for (const auto& entry : entries) {
      MODTOOL_CHECK(context_.cancellation.check());
      CacheUsage usage;
      MODTOOL_CHECK(measure(context_.files, entry.path, usage));
      auto removed = remove(entry);
      MODTOOL_CHECK(context_.cancellation.check());
      if (!removed) report_.failures.push_back(std::move(removed.error()));
      if (removed && *removed) report_.entries.push_back({std::string(cache.name), entry.path, usage.bytes});
    }
    return {};
  }

  Result<bool> remove(const Entry& entry) {
    auto& files = context_.files;
    if (entry.is_being_removed) {
      if (!options_.dry_run) MODTOOL_CHECK(source::finish_removal(files, entry.path, context_.cancellation));
      return false;
    }
    return options_.dry_run ? source::is_unused(files, entry.path, options_.since_ns)
                            : source::remove_unused(files, entry.path, options_.since_ns, context_.cancellation);
  }

  Result<void> prune_go() {
    MODTOOL_TRY(const auto layout, goproxy::CacheLayout::create(context_.settings.module_cache));
    goproxy::UnusedModules unused(layout, context_.files, context_.cancellation);
    MODTOOL_TRY(const auto modules, unused.find(options_.since_ns));
    if (modules.empty()) return {};
    if (!options_.dry_run) MODTOOL_CHECK(unused.hold());
    for (const auto& module : modules) {
      MODTOOL_CHECK(context_.cancellation.check());
      auto removed = options_.dry_run ? Result<bool>(true) : unused.remove(module.module, options_.since_ns);
      if (!removed) report_.failures.push_back(std::move(removed.error()));
      if (removed && *removed) report_.entries.push_back({"go", to_string(module.module), module.bytes});
    }
    return {};
  }

  const Context& context_;
  const PruneOptions& options_;
  PruneReport report_;
};

}  // namespace

Result<std::vector<CacheUsage>> list_caches(const Context& context) {
  const auto& settings = context.settings;
  std::vector<CacheUsage> caches = {{.name = "go", .path = settings.module_cache}};
  for (const auto& cache : own_caches(settings))
    caches.push_back({.name = std::string(cache.name), .path = cache.directory});
  caches.push_back({.name = "index", .path = settings.index_path});
  std::erase_if(caches, [](const CacheUsage& cache) { return cache.path.empty(); });
  MODTOOL_CHECK(context.pool.for_each(
      caches.size(), [&](std::size_t i) { return measure(context.files, caches[i].path, caches[i]); }));
  return caches;
}

Result<PruneReport> prune_caches(const Context& context, const PruneOptions& options) {
  return Pruner(context, options).run();
}

}  // namespace modtool::engine
