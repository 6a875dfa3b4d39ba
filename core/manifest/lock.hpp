// A lock: what a resolution came to, so that it need not be repeated. go.sum is a lock that holds checksums only;
// modtool.lock has the whole graph and where every module was found.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/manifest/checksum_table.hpp"
#include "core/module/module_version.hpp"

namespace modtool::manifest {

// Where in Git a version was found.
struct GitPin {
  std::string ref;     // "refs/tags/v1.2.0"; empty for a pseudo-version
  std::string commit;  // 40 hexadecimal digits
  std::string tree;    // of the commit

  bool operator==(const GitPin&) const = default;
};

// A submodule of a module in Git whose files belong to the module.
struct SubmodulePin {
  std::string path;    // below the module's root
  std::string url;     // of its repository, before the user's rewrites
  std::string commit;  // 40 hexadecimal digits

  bool operator==(const SubmodulePin&) const = default;
};

struct LockedRoot {
  module::ModuleVersion module;  // without a version: only described, and required by others if at all
  std::string group;             // empty: required for itself
  std::string description;       // fingerprint of what the manifest describes of it; empty: nothing
  Where where;
};

// A module version of the graph.
struct LockedModule {
  module::ModuleVersion module;
  std::vector<std::string> groups;  // those that alone need it, sorted; empty: the project itself needs it
  std::string sum;                  // "h1:…"; empty where another version was selected
  GitPin git;
  std::string archive;                         // URL, for a module from an archive
  std::vector<module::ModuleVersion> require;  // sorted
  std::string from;          // whose word the requirements are: "describe", "manifest"; empty: it has none
  std::string manifest_sum;  // "h1:…" of its own manifest, where that has a say
  std::size_t submodules_left_out = 0;
  std::vector<SubmodulePin> submodules;  // those that are included, sorted by path
  std::vector<std::string> omitted;      // files that the manifest has left out, sorted
  bool is_unstripped = false;            // the one directory of its archive is part of the names
  std::string executables;               // "sha256:…" of the names of its executable files; empty: it has none
  std::string overlay;                   // "h1:…" of what is laid over it
  std::vector<std::string> patches;      // "sha256:…" of each
  Where where;

  bool operator==(const LockedModule&) const = default;
};

struct Lock {
  ChecksumTable checksums;
  std::vector<LockedRoot> roots;      // sorted by path
  std::vector<LockedModule> modules;  // sorted by module_less
};

}  // namespace modtool::manifest
