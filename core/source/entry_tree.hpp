// The files of a module made out of what its source holds. One set of rules for Git and for archives:
//
// - a symbolic link to a file of the module is that file; to a directory of the module, left out; every other link is
//   refused, or left out where the description says so;
// - a pointer of Git LFS is refused, unless the description takes it as the file;
// - names that some system cannot hold, or holds as one, are refused;
// - what the description omits is left out before any of that: it must be there, and no licence or manifest;
// - a module in a subdirectory that has no LICENSE gets the one above it (go.dev/ref/mod#vcs-license).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/description.hpp"
#include "core/module/module_tree.hpp"
#include "core/source/tree_entries.hpp"

namespace modtool::source {

inline constexpr std::string_view kLicenseName = "LICENSE";

struct EntryTreeInputs {
  TreeEntries entries;
  std::shared_ptr<const TreeContents> contents;
  std::optional<TreeEntry> license;  // a file to be LICENSE where there is none
  manifest::Symlinks symlinks = manifest::Symlinks::kFollow;
  std::vector<std::string> omit;  // names of files and directories
  std::string manifest_name;      // of the module's own manifest, which cannot be omitted; empty: it has none
  bool lfs = false;
  std::vector<Error> problems;  // that the reader of the entries met
};

struct EntryTree {
  std::shared_ptr<const module::ModuleTree> files;
  std::vector<std::string> links_left_out;  // "name -> target", sorted
  std::vector<std::string> omitted;         // names of files, sorted
};

// All problems at once: Code::kGitLink, kGitLfs, kBadFileName, kManifestField (of `omit`) and those given.
Result<EntryTree> make_entry_tree(EntryTreeInputs inputs);

// A tree, or its error: with the place of the description, where that is what does not fit.
template <class T>
Result<T> placing_omit(Result<T> tree, const std::string& path, const manifest::Description* description) {
  if (tree || tree.error().code != Code::kManifestField) return tree;
  return fail(manifest::said_of(path, description, std::move(tree).error()));
}

}  // namespace modtool::source
