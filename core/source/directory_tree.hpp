// A module's files in a directory: an extracted module of the cache, or a directory that replaces a module.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"
#include "core/module/module_tree.hpp"
#include "core/module/module_version.hpp"
#include "core/source/hashed_tree.hpp"

namespace modtool::source {

enum class DirectoryKind {
  kExtracted,    // a module of the cache: just what its zip held
  kReplacement,  // a directory that stands in for a module, as the go command reads it in place: without what belongs
                 // to a version control system (.git, .hg, .svn, .bzr), but with nested modules and vendor directories
  kExact,        // a directory whose every byte counts: what is no file or directory in it is refused (kSymbolicLink)
};

// Whether a tree says which files are executable. The go command does not keep that.
enum class DirectoryModes { kIgnored, kRead };

// What symbolic links are. Special files are passed over.
enum class DirectoryLinks {
  kPassedOver,  // what they lead to is no part of the module
  kLikeGo,      // what they lead to, wherever it is; links in a directory behind a link are only followed to files
  kInside,      // a file of the module that they lead to; those to a directory of it are left out, others are refused
  kInsideOrPassedOver,  // the same, but others are left out, too
};

struct DirectoryRules {
  DirectoryKind kind = DirectoryKind::kExtracted;
  DirectoryModes modes = DirectoryModes::kIgnored;
  DirectoryLinks links = DirectoryLinks::kPassedOver;
};

// Lists the directory (which may be a link itself) now and reads its files when they are asked for. Sizes are not known
// (0). `files` outlives the tree. Code::kGitLink for a link that is refused.
Result<std::unique_ptr<module::ModuleTree>> open_directory_tree(const io::FileReader& files, const std::string& root,
                                                                const DirectoryRules& rules);

// Opens the directory of an extracted module and hashes all it holds.
Result<HashedTree> hash_extracted_module(const io::FileReader& files, const std::string& root,
                                         const module::ModuleVersion& module, WorkerPool& pool);

}  // namespace modtool::source
