// The files of a module in a Git repository: the raw blobs of a commit's tree. Never a checkout or an archive, so no
// attribute (export-ignore, eol, ident, filters) and no setting changes a byte.
//
// What is not simply a file:
// - a directory below the module's root with a manifest of its own is another module and left out;
// - a symbolic link to a file of the module is that file; to a directory of the module, left out; every other link is
//   refused, or left out where the description says so;
// - a submodule is refused, or left out and counted;
// - a pointer of Git LFS is refused, unless the description takes it as the file;
// - names that some system cannot hold, or holds as one, are refused;
// - a module in a subdirectory that has no LICENSE gets the repository's (go.dev/ref/mod#vcs-license).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/description.hpp"
#include "core/module/module_tree.hpp"
#include "core/source/git_repository.hpp"

namespace modtool::source {

// The most that a tree may hold; beyond it Code::kTooLarge. Trees may name one another many times over, so few objects
// can stand for more files than any disk holds.
inline constexpr std::size_t kMaxGitFiles = 1'000'000;     // with directories
inline constexpr std::size_t kMaxGitDepth = 256;           // directories in one another
inline constexpr std::uint64_t kMaxGitBytes = 4ULL << 30;  // in all
inline constexpr std::uint64_t kMaxGitLink = 4096;         // bytes of a link's target

struct GitTreeOptions {
  std::string subdirectory;   // of the repository; empty: the module is all of it
  std::string manifest_name;  // of the file that makes a directory a module
  manifest::Submodules submodules = manifest::Submodules::kForbid;
  manifest::Symlinks symlinks = manifest::Symlinks::kFollow;
  bool lfs = false;
  std::size_t max_files = kMaxGitFiles;
};

struct GitTree {
  std::shared_ptr<const module::ModuleTree> files;
  std::size_t submodules = 0;               // left out
  std::vector<std::string> links_left_out;  // "name -> target", sorted
};

// Opens what belongs to a module in a commit's tree. All problems at once: Code::kGitSubmodule, kGitLink, kGitLfs,
// kBadFileName; kUnknownVersion where the tree does not have the subdirectory.
Result<GitTree> open_git_tree(std::shared_ptr<const GitRepository> repository, const GitId& tree,
                              const GitTreeOptions& options);

// The bytes of one file of a commit's tree, by its path in the repository. Code::kFileNotFound where there is nothing
// of that name, kGitLink where it is no file, kTooLarge beyond `limit` bytes.
Result<std::string> read_git_blob(const GitRepository& repository, const GitId& tree, std::string_view path,
                                  std::uint64_t limit);

}  // namespace modtool::source
