// What a manifest says, in either dialect, as plain values. The text of a manifest, with its comments and order, stays
// with the dialect (gomod/go_mod.hpp); this is what resolution and vendoring need of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/manifest/description.hpp"
#include "core/module/module_version.hpp"

namespace modtool::manifest {

struct Requirement {
  module::ModuleVersion module;
  bool indirect = false;
  std::string group = {};  // of the root's manifest that asks for it ("test"); empty: the project itself does
  Where where;
};

// `from` without a version stands for every version; `to` without a version is a directory, its path as written.
struct Replacement {
  module::ModuleVersion from;
  module::ModuleVersion to;
  Where where;

  bool is_directory() const { return to.version.empty(); }
};

// The versions from `low` to `high`, both included.
struct Retraction {
  std::string low;
  std::string high;
  std::string rationale;
};

// Modules of this project that a part of the project beside it needs.
struct Need {
  std::vector<std::string> modules;  // paths
  Where where;
};

struct Manifest {
  std::string path;        // of the module; empty where the file has no module line
  std::string deprecated;  // the message, where the module is deprecated
  std::string go;          // the go line, as written: "1.21", "1.21.3"; empty where there is none
  std::string toolchain;   // "go1.22.1"; empty where there is none
  std::vector<Requirement> require;
  std::vector<module::ModuleVersion> exclude;
  std::vector<Replacement> replace;
  std::vector<Retraction> retract;
  std::vector<std::string> tool;    // package paths
  std::vector<std::string> ignore;  // directories that package patterns pass over
  std::vector<std::pair<std::string, std::string>> godebug;
  // Of the native dialect:
  std::map<std::string, std::string, std::less<>> majors;  // path → the least version of its one compatibility class
  Descriptions describe;
  std::string vendor_directory;  // relative to the root; empty: "vendor"
  // A package ("./dir") or a module of the Go project in the same directory → what it needs of this one.
  std::map<std::string, Need, std::less<>> cgo;
  std::string build;  // the JSON object of "build", as written; may be empty
};

// What is read in the place of a module: itself, another module at a version, or a directory, whose path is as the
// manifest writes it.
struct StandIn : module::ModuleVersion {
  StandIn(module::ModuleVersion what)
      : module::ModuleVersion(std::move(what)) {}  // NOLINT: any module stands for itself

  bool is_directory() const { return version.empty(); }
};

// The replacements of the root's manifest, for look-up. A replacement of one version counts before one of every
// version of a path.
class ReplacementTable {
 public:
  ReplacementTable() = default;
  explicit ReplacementTable(const std::vector<Replacement>& replacements);
  // The replacement of a module, or nullptr. The pointer is valid as long as the table.
  const Replacement* find(const module::ModuleVersion& module) const;
  // What stands in for a module: the replacement's, or the module itself.
  StandIn stand_in(const module::ModuleVersion& module) const;
  // In the order of the manifest.
  const std::vector<Replacement>& all() const { return replacements_; }

 private:
  std::vector<Replacement> replacements_;
  std::map<module::ModuleVersion, std::size_t> index_;
};

}  // namespace modtool::manifest
