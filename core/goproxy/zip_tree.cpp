#include "core/goproxy/zip_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/io/zip.hpp"
#include "core/module/zip_rules.hpp"

namespace modtool::goproxy {
namespace {

using Archive = std::unique_ptr<io::ZipArchive>;

// Archives over the same bytes, for as many threads as read at once: an archive serves one thread at a time.
class ArchivePool {
 public:
  ArchivePool(std::unique_ptr<io::FileBytes> bytes, Archive first) : bytes_(std::move(bytes)) {
    idle_.push_back(std::move(first));
  }

  Result<std::string> read(std::size_t index) {
    MODTOOL_TRY(Archive archive, take());
    auto bytes = archive->read(index);
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(archive));
    release_after(bytes ? bytes->size() : 0);
    return bytes;
  }

  // That many bytes of an entry were read as a stream.
  void note_streamed(std::size_t size) {
    const std::lock_guard lock(mutex_);
    release_after(size);
  }

  Result<std::unique_ptr<Reader>> open(std::size_t index) {
    MODTOOL_TRY(Archive archive, take());
    auto reader = archive->open(index);
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(archive));
    return reader;
  }

 private:
  Result<Archive> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        Archive archive = std::move(idle_.back());
        idle_.pop_back();
        return archive;
      }
    }
    return io::open_zip_bytes(bytes_->view());
  }

  // Whoever reads a whole zip need not have all of it in memory at the end.
  void release_after(std::size_t size) {
    constexpr std::size_t kStep = 8UL << 20;  // bytes inflated
    unreleased_ += size;
    if (unreleased_ < kStep) return;
    unreleased_ = 0;
    bytes_->release();
  }

  std::unique_ptr<io::FileBytes> bytes_;
  std::mutex mutex_;
  std::size_t unreleased_ = 0;  // bytes inflated since the last release; guarded by mutex
  std::vector<Archive> idle_;
};

// Tells the pool how far a stream over one of its zips is.
class CountedReader final : public Reader {
 public:
  CountedReader(ArchivePool& pool, std::unique_ptr<Reader> reader) : pool_(pool), reader_(std::move(reader)) {}

  Result<std::size_t> read(std::span<char> into) override {
    auto count = reader_->read(into);
    pool_.note_streamed(count.value_or(0));
    return count;
  }

 private:
  ArchivePool& pool_;
  std::unique_ptr<Reader> reader_;
};

class ZipTree final : public module::ModuleTree {
 public:
  ZipTree(std::string path, std::vector<module::TreeFile> files, std::unordered_map<std::string, std::size_t> positions,
          std::unique_ptr<ArchivePool> archives)
      : path_(std::move(path)),
        files_(std::move(files)),
        positions_(std::move(positions)),
        archives_(std::move(archives)) {}

  const std::vector<module::TreeFile>& list() const override { return files_; }

  Result<std::string> read(std::string_view name) const override {
    MODTOOL_TRY(const std::size_t position, position_of(name));
    auto bytes = archives_->read(position);
    if (!bytes) return fail_in(std::move(bytes), "reading " + path_);
    return bytes;
  }

  // What is small is inflated faster at once.
  Result<std::unique_ptr<Reader>> open(std::string_view name) const override {
    const auto* file = module::find_file(*this, name);
    if (file == nullptr || file->size < module::kLargeFile) return ModuleTree::open(name);
    MODTOOL_TRY(const std::size_t position, position_of(name));
    MODTOOL_TRY(auto reader, archives_->open(position));
    return std::make_unique<CountedReader>(*archives_, std::move(reader));
  }

 private:
  Result<std::size_t> position_of(std::string_view name) const {
    const auto found = positions_.find(std::string(name));
    if (found != positions_.end()) return found->second;
    return fail(Code::kFileNotFound, fmt::format("open {}/{}: no such file or directory", path_, name));
  }

  std::string path_;
  std::vector<module::TreeFile> files_;
  std::unordered_map<std::string, std::size_t> positions_;  // in the archive, by name in the module
  std::unique_ptr<ArchivePool> archives_;
};

Result<void> check_kinds(const std::vector<io::ZipEntry>& entries) {
  for (const auto& entry : entries) {
    if (!entry.is_regular && !entry.is_directory) {
      return fail(Code::kZipRules, entry.name + ": not a regular file");
    }
  }
  return {};
}

Result<std::vector<module::TreeFile>> check_entries(const std::vector<io::ZipEntry>& entries,
                                                    const module::ModuleVersion& module) {
  MODTOOL_CHECK(check_kinds(entries));
  std::vector<module::TreeFile> names;
  names.reserve(entries.size());
  for (const auto& entry : entries) names.push_back({.name = entry.name, .size = entry.size});
  return module::check_zip_entries(names, module);
}

std::vector<std::string> directories_of(const std::vector<io::ZipEntry>& entries, std::size_t prefix) {
  std::vector<std::string> directories;
  for (const auto& entry : entries) {
    if (entry.is_directory) directories.push_back(entry.name.substr(prefix));
  }
  return directories;
}

std::unordered_map<std::string, std::size_t> positions_of(const std::vector<io::ZipEntry>& entries,
                                                          std::size_t prefix) {
  std::unordered_map<std::string, std::size_t> positions;
  positions.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!entries[i].is_directory) positions.emplace(entries[i].name.substr(prefix), i);
  }
  return positions;
}

void add_directories(module::Preimage& preimage, std::vector<std::string> directories) {
  if (directories.empty()) return;
  const Sha256Digest empty = sha256("");
  for (auto& directory : directories) preimage.push_back({.name = std::move(directory), .sha256 = empty});
  std::ranges::sort(preimage, {}, &module::FileHash::name);
}

}  // namespace

Result<ModuleZip> open_module_zip(const io::FileReader& files, const std::string& path,
                                  const module::ModuleVersion& module) {
  MODTOOL_TRY(std::unique_ptr<io::FileBytes> bytes, files.map(path));
  auto archive = io::open_zip_bytes(bytes->view());
  if (!archive) return fail_in(std::move(archive), "unzip " + path);
  const auto& entries = (*archive)->entries();
  auto list = check_entries(entries, module);
  if (!list) return fail_in(std::move(list), "unzip " + path);
  const std::size_t prefix = to_string(module).size() + 1;
  auto positions = positions_of(entries, prefix);
  auto directories = directories_of(entries, prefix);
  auto archives = std::make_unique<ArchivePool>(std::move(bytes), std::move(*archive));
  return ModuleZip{.tree = std::make_unique<ZipTree>(path, std::move(*list), std::move(positions), std::move(archives)),
                   .directories = std::move(directories)};
}

source::HashedTree with_hashes(ModuleZip zip, module::Preimage preimage, const module::ModuleVersion& module) {
  add_directories(preimage, std::move(zip.directories));
  std::string h1 = module::h1_of(preimage, to_string(module));
  return {.tree = std::move(zip.tree), .preimage = std::move(preimage), .h1 = std::move(h1)};
}

module::Preimage with_directory_entries(module::Preimage files, const io::FileReader& reader,
                                        const std::string& zip_path, const module::ModuleVersion& module) {
  if (auto zip = open_module_zip(reader, zip_path, module)) add_directories(files, std::move(zip->directories));
  return files;
}

Result<source::HashedTree> hash_module_zip(const io::FileReader& files, const std::string& path,
                                           const module::ModuleVersion& module, WorkerPool& pool) {
  MODTOOL_TRY(ModuleZip zip, open_module_zip(files, path, module));
  MODTOOL_TRY(module::Preimage preimage, module::hash_tree(*zip.tree, pool));
  return with_hashes(std::move(zip), std::move(preimage), module);
}

}  // namespace modtool::goproxy
