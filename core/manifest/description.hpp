// What the root's manifest may say of a dependency that does not say it itself: where its sources are, which tags are
// its versions, what it requires, what is laid beside it. Only the native dialect has descriptions ("describe" in
// modtool.json).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/module/module_version.hpp"

namespace modtool::manifest {

// What becomes of submodules in the tree of a module.
enum class Submodules {
  kForbid,   // a module that has any is refused
  kIgnore,   // they are left out, and counted in the lock
  kInclude,  // their files belong to the module; their commits are locked
};

enum class Symlinks {
  kFollow,  // a link to a file inside the module is that file; one that leads elsewhere is refused
  kIgnore,  // links that lead elsewhere are left out
};

struct Description {
  std::string git;                // URL of the repository; empty: "https://" and the path's first three elements
  std::string archive;            // URL template with {version}, in the place of a repository
  std::vector<std::string> tags;  // templates (source/tag_templates.hpp); empty: the default ones
  std::optional<std::string> subdirectory;  // of the repository; not given: what follows the repository in the path
  bool always_compatible = false;           // one compatibility class for all versions (calendar versions)
  Submodules submodules = Submodules::kForbid;
  Symlinks symlinks = Symlinks::kFollow;
  bool strip = true;              // of an archive: the one directory that all is in is left off
  std::vector<std::string> omit;  // files and directories of the module that are left out
  bool lfs = false;               // pointers of Git LFS are taken as files
  std::string license;            // SPDX expression
  std::optional<std::vector<module::ModuleVersion>> require;  // in the place of the module's own manifest
  std::string overlay;                                        // directory of the project, laid over the sources
  std::vector<std::string> patches;                           // files of the project: unified diffs, in order
  std::string build;                                          // the JSON object of "build", as written; may be empty
  std::string fingerprint;                                    // "sha256:…" of all of the above in one canonical form
  Where where;
};

using Descriptions = std::map<std::string, Description, std::less<>>;  // by module path

// The error of what a module's description says: with its place, and the module. As it is where there is no
// description.
inline Error said_of(const std::string& path, const Description* description, Error error) {
  if (description == nullptr) return error;
  if (!error.where.known()) error.where = description->where;
  return std::move(error).in("describing " + path);
}

}  // namespace modtool::manifest
