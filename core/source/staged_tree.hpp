// Unpacking a module into the module cache: written and hashed in one pass beside its place, put there in one step.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"
#include "core/module/hash.hpp"
#include "core/module/module_tree.hpp"

namespace modtool::source {

// A directory that waits for its name. Destroyed without `commit`, it is removed.
class StagedTree {
 public:
  // Writes the files of a tree beside the directory `destination`, under a name that the go command knows for
  // left-overs. The files are read-only, and so are the directories unless `writable` (-modcacherw). Left-overs of
  // others are removed first: the caller holds the module's lock. `files` outlives the object.
  static Result<StagedTree> write(io::FileSystem& files, const module::ModuleTree& tree, std::string destination,
                                  bool writable, WorkerPool& pool);
  StagedTree(StagedTree&&) noexcept;
  StagedTree& operator=(StagedTree&&) = delete;
  ~StagedTree();

  // The hashes of what was written.
  const module::Preimage& preimage() const { return preimage_; }
  // Puts the directory in its place; what is there already is removed.
  Result<void> commit();

 private:
  StagedTree(io::FileSystem& files, std::string staged, std::string destination);
  Result<Sha256Digest> write_streamed(Reader& reader, const std::string& path, std::uint32_t mode);
  Result<Sha256Digest> write_file(const module::ModuleTree& tree, const module::TreeFile& file);
  Result<void> write_files(const module::ModuleTree& tree, WorkerPool& pool);

  io::FileSystem* files_;
  std::string staged_;  // empty once it is committed or moved from
  std::string destination_;
  module::Preimage preimage_;
};

}  // namespace modtool::source
