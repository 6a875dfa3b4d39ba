// Module trees as read-only directories, for build tools that want files: a store in modtool's cache. What is in it is
// never trusted: each directory is hashed whenever it is used, and made anew where it is not what it should be.
//
//     <root>/<path>@<version>/<16 digits>/    the digits are of the hash of what it holds
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"
#include "core/module/module_tree.hpp"
#include "core/module/module_version.hpp"

namespace modtool::source {

// What a directory of the store holds.
struct StoredTree {
  module::ModuleVersion module;
  std::string h1;           // of the files
  std::string executables;  // module::hash_of_executables of their names; empty: none
};

struct StoredDirectory {
  std::string path;
  bool was_changed = false;  // it had been there and was not what it should be
};

// May be used from several threads, and by several processes at once.
class TreeStore {
 public:
  // All outlive the store. `root` is absolute.
  TreeStore(io::FileSystem& files, WorkerPool& pool, std::string root)
      : files_(files), pool_(pool), root_(std::move(root)) {}

  using Opener = std::function<Result<std::shared_ptr<const module::ModuleTree>>()>;

  // The directory that holds just these files, proven now. Where it is not there, or holds anything else, it is made of
  // the tree that `open` gives: Code::kChecksumMismatch where that is another than the wanted one.
  Result<StoredDirectory> place(const StoredTree& wanted, const Opener& open);

 private:
  Result<bool> holds(const std::string& directory, const StoredTree& wanted) const;
  Result<void> fill(const std::string& directory, const StoredTree& wanted, const Opener& open);

  io::FileSystem& files_;
  WorkerPool& pool_;
  std::string root_;
};

}  // namespace modtool::source
