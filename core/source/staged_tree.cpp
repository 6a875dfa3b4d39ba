#include "core/source/staged_tree.hpp"

#include <array>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

namespace modtool::source {
namespace {

constexpr std::uint32_t kReadOnlyFile = 0444;
constexpr std::uint32_t kReadOnlyProgram = 0555;
constexpr std::uint32_t kWriteBits = 0222;
constexpr std::size_t kPiece = 64UL * 1024;

using Names = std::set<std::string_view>;

// All directories of a tree, parents before children; the root is "".
Names directories_of(const module::ModuleTree& tree) {
  Names directories = {""};
  for (const auto& file : tree.list()) {
    std::string_view name = file.name;
    for (auto slash = name.rfind('/'); slash != std::string_view::npos; slash = name.rfind('/')) {
      name = name.substr(0, slash);
      if (!directories.insert(name).second) break;
    }
  }
  return directories;
}

Result<void> make_all(io::FileSystem& files, const Names& directories, const std::string& root) {
  for (const auto directory : directories) MODTOOL_CHECK(files.make_directories(io::join_path(root, directory)));
  return {};
}

// Takes the write permission away, children first.
Result<void> make_read_only(io::FileSystem& files, const Names& directories, const std::string& root) {
  for (auto directory = directories.rbegin(); directory != directories.rend(); ++directory) {
    const std::string path = io::join_path(root, *directory);
    MODTOOL_TRY(const io::FileInfo info, files.stat(path).required());
    MODTOOL_CHECK(files.set_mode(path, info.mode & ~kWriteBits));
  }
  return {};
}

std::string staging_prefix(const std::string& destination) { return io::base_name(destination) + ".tmp-"; }

// Copies whose writer ended before it was done.
void remove_leftovers(io::FileSystem& files, const std::string& destination) {
  const std::string parent = io::directory_of(destination);
  const auto entries = files.list(parent).or_nothing();
  if (!entries) return;
  for (const auto& entry : *entries) {
    if (entry.name.starts_with(staging_prefix(destination))) (void)files.remove_all(io::join_path(parent, entry.name));
  }
}

}  // namespace

StagedTree::StagedTree(io::FileSystem& files, std::string staged, std::string destination)
    : files_(&files), staged_(std::move(staged)), destination_(std::move(destination)) {}

StagedTree::StagedTree(StagedTree&& other) noexcept
    : files_(other.files_),
      staged_(std::exchange(other.staged_, {})),
      destination_(std::move(other.destination_)),
      preimage_(std::move(other.preimage_)) {}

StagedTree::~StagedTree() {
  if (!staged_.empty()) (void)files_->remove_all(staged_);
}

Result<StagedTree> StagedTree::write(io::FileSystem& files, const module::ModuleTree& tree, std::string destination,
                                     bool writable, WorkerPool& pool) {
  const std::string parent = io::directory_of(destination);
  MODTOOL_CHECK(files.make_directories(parent));
  remove_leftovers(files, destination);
  MODTOOL_TRY(std::string directory, files.make_temp_directory(parent, staging_prefix(destination)));
  StagedTree staged(files, std::move(directory), std::move(destination));
  const Names directories = directories_of(tree);
  MODTOOL_CHECK(make_all(files, directories, staged.staged_));
  MODTOOL_CHECK(staged.write_files(tree, pool));
  if (!writable) MODTOOL_CHECK(make_read_only(files, directories, staged.staged_));
  return staged;
}

// Large files are not held in memory.
Result<Sha256Digest> StagedTree::write_streamed(Reader& reader, const std::string& path, std::uint32_t mode) {
  MODTOOL_TRY(const auto writer, files_->create(path, mode));
  Sha256 hash;
  const auto buffer = std::make_unique<std::array<char, kPiece>>();
  for (;;) {
    MODTOOL_TRY(const std::size_t count, reader.read(*buffer));
    if (count == 0) break;
    hash.update({buffer->data(), count});
    MODTOOL_CHECK(writer->write({buffer->data(), count}));
  }
  MODTOOL_CHECK(writer->close());
  return hash.finish();
}

Result<Sha256Digest> StagedTree::write_file(const module::ModuleTree& tree, const module::TreeFile& file) {
  const std::string path = staged_ + "/" + file.name;
  const auto mode = file.executable ? kReadOnlyProgram : kReadOnlyFile;
  if (file.size >= module::kLargeFile) {
    MODTOOL_TRY(const auto reader, tree.open(file.name));
    return write_streamed(*reader, path, mode);
  }
  MODTOOL_TRY(const std::string bytes, tree.read(file.name));
  MODTOOL_CHECK(files_->write_new(path, bytes, mode));
  return sha256(bytes);
}

Result<void> StagedTree::write_files(const module::ModuleTree& tree, WorkerPool& pool) {
  const auto& list = tree.list();
  preimage_.resize(list.size());
  return pool.for_each(list.size(), [&](std::size_t i) -> Result<void> {
    MODTOOL_TRY(const Sha256Digest digest, write_file(tree, list[i]));
    preimage_[i] = {.name = list[i].name, .sha256 = digest};
    return {};
  });
}

Result<void> StagedTree::commit() {
  MODTOOL_CHECK(files_->remove_all(destination_));
  MODTOOL_CHECK(files_->rename(staged_, destination_));
  staged_.clear();
  return {};
}

}  // namespace modtool::source
