// The files of a module in a Git repository: the raw blobs of a commit's tree. Never a checkout or an archive, so no
// attribute (export-ignore, eol, ident, filters) and no setting changes a byte.
//
// Beyond the rules for all modules (entry_tree.hpp):
// - a directory below the module's root with a manifest of its own is another module and left out;
// - submodules are refused, left out and counted, or included: then their files are the module's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/git/git_entries.hpp"
#include "core/manifest/description.hpp"
#include "core/module/module_tree.hpp"

namespace modtool::git {

struct GitTreeOptions {
  std::string subdirectory;   // of the repository; empty: the module is all of it
  std::string manifest_name;  // of the file that makes a directory a module
  manifest::Submodules submodules = manifest::Submodules::kForbid;
  manifest::Symlinks symlinks = manifest::Symlinks::kFollow;
  std::vector<std::string> omit;
  bool lfs = false;
  std::size_t max_files = source::kMaxTreeFiles;
  SubmoduleOpener open_submodule;  // asked where they are included
};

struct GitTree {
  std::shared_ptr<const module::ModuleTree> files;
  std::size_t submodules_left_out = 0;
  std::vector<manifest::SubmodulePin> submodules;  // included, sorted by path
  std::vector<std::string> links_left_out;         // "name -> target", sorted
  std::vector<std::string> omitted;                // names of files, sorted
};

// Opens what belongs to a module in a commit's tree. All problems at once: Code::kGitSubmodule and those of
// make_entry_tree; before them those of read_git_entries and of `open_submodule`.
Result<GitTree> open_git_tree(const GitPlace& place, const GitTreeOptions& options);

// The bytes of one file of a commit's tree, by its path in the repository. Code::kFileNotFound where there is nothing
// of that name, kGitLink where it is no file, kTooLarge beyond `limit` bytes.
Result<std::string> read_git_blob(const GitRepository& repository, const GitId& tree, std::string_view path,
                                  std::uint64_t limit);

}  // namespace modtool::git
