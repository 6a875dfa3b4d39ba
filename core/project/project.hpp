// One project on disk: found, and its manifest and lock loaded. Owns the table of dialects.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"
#include "core/manifest/dialect.hpp"
#include "core/project/usage.hpp"
#include "core/project/which.hpp"

namespace modtool::project {

class ModuleSupply;
struct SourceSettings;
struct SupplyInputs;
using SupplyMaker = std::unique_ptr<ModuleSupply> (*)(const SourceSettings& settings, const SupplyInputs& inputs);

// The versions that the dialects' manifests may ask for.
struct ToolVersions {
  std::string go;               // the Go that this run stands for
  std::string modtool;          // this modtool
  bool takes_newer_go = false;  // what is written for a newer Go is read by that one's rules, and not refused
};

// What a project can do, and how what it lacks is mended: by its dialect. What these say is asked where they matter,
// and nothing else sets a dialect apart above this room.
struct Capabilities {
  // The lock holds the whole graph, and where each module was found: `tidy` makes it, and resolution reads no
  // manifests. Otherwise it holds checksums only.
  bool locks_graph = false;
  // Modules come from repositories and archives of their own, which can be asked whether a tag moved.
  bool has_origins = false;
  // Modules come in zips from proxies, by way of Go's module cache, and are where that has extracted them.
  bool has_module_cache = false;
  // A go.work above it makes it one of several that are built together.
  bool shares_workspace = false;
  // Of a module the part that is used is vendored, and more where the project asks for it.
  bool vendors_parts = false;
  // Newer versions of its modules can be looked for.
  bool finds_newer = false;
  // What vouches for modules where there is no modtool.sums.
  std::string modules_at_hand = "module cache";
  // What brings a checksum that is missing for the proof; none where no command of modtool's or go's does.
  Fix checksum_fix = {};
  // What has modules fetched anew where a copy of one was changed; none where nothing does.
  Fix fetch_fix = {};
};

struct SearchOptions {
  std::string directory;       // absolute: where the search starts, then upwards
  std::string not_a_root;      // a directory whose manifest does not count (the system's temporary one); may be empty
  Which which = Which::all();  // which manifests are looked for
  // Another manifest in the place of one, absolute; where there is none to be found, its directory is the root. May be
  // empty.
  std::string stand_in = {};
};

struct ProjectOptions {
  std::string directory;      // absolute: from where paths are shown
  std::string manifest_file;  // another manifest in the place of the one found (Go's -modfile); its lock lies beside it
  bool names_lock_in_full = false;          // in messages, as the go command does
  manifest::VersionFixer fix_version = {};  // for queries in the manifest; without it they are errors
};

struct MainModule {
  module::ModuleVersion module;  // without a version
  std::string root;              // absolute directory
};

// A loaded project; immutable.
struct Project {
  std::shared_ptr<const manifest::Dialect> dialect;
  UsageMaker make_usage = nullptr;    // the dialect's analysis of what is used
  SupplyMaker make_supply = nullptr;  // where its modules come from
  std::string build_system;           // what builds projects of the dialect, unless the manifest says otherwise
  Capabilities can;
  std::string root;                 // absolute directory of the main module
  std::string manifest_path;        // absolute
  std::string lock_path;            // absolute; the file may be absent
  std::vector<std::string> beside;  // the manifests of other dialects in the root, by name
  bool comes_first = true;          // no dialect that comes before this one has a manifest in the root
  std::string manifest_text;
  manifest::Manifest manifest;
  manifest::Lock lock;
  bool has_lock = false;  // whether the lock is there

  // Whether it is the one of `no_project`.
  bool is_none() const { return manifest_path.empty(); }

  // Of the vendor directory, from the root.
  std::string vendor_name() const { return manifest.vendor_directory.empty() ? "vendor" : manifest.vendor_directory; }
  std::string vendor_directory() const { return io::join_path(root, vendor_name()); }
  // The proof of the vendor directory, from the root: beside the manifest. Of a project that shares its root and does
  // not come first it is beside the vendor directory.
  std::string sums_name() const;
  std::string sums_path() const { return io::join_path(root, sums_name()); }
  // A path that the manifest writes: from the root, unless it is absolute.
  std::string path_of(const std::string& written) const {
    return io::is_absolute(written) ? written : io::join_path(root, written);
  }
  // The modules whose manifests are the project's own: one; a workspace has several.
  std::vector<MainModule> mains() const { return {{.module = {manifest.path, ""}, .root = root}}; }
};

// A row of the table of dialects.
struct DialectRow {
  std::shared_ptr<const manifest::Dialect> dialect;
  UsageMaker make_usage = nullptr;
  SupplyMaker make_supply = nullptr;
  std::string build_system;
  Capabilities can;
  std::string not_found;  // what is said where only this dialect is looked for and there is no manifest
};

// The dialects, in the order in which their manifests are looked for in one directory.
std::vector<DialectRow> dialects(const ToolVersions& versions);

// A directory with the manifests of projects.
struct ProjectRoot {
  std::string directory;
  std::vector<DialectRow> rows;  // of all dialects whose manifest is in it, in the order of the table
};

// The nearest directory upwards that holds a manifest which is looked for. Code::kNoProject where there is none; kUsage
// for a dialect that there is not.
Result<ProjectRoot> find_root(const io::FileReader& files, const SearchOptions& options, const ToolVersions& versions);

// The project of a root: of several the one that is named, or the first. Every problem of the manifest and of the lock.
Result<Project> load_project(const io::FileReader& files, const ProjectRoot& root, const Which& which,
                             const ProjectOptions& options);

// What stands for a project where there is none and a command can do without: nothing required, no file anywhere. Of
// the first dialect that is meant.
Project no_project(const std::vector<DialectRow>& rows, const Which& which);

// The row of that name; Code::kUsage where there is none.
Result<DialectRow> find_dialect(const std::vector<DialectRow>& rows, const std::string& name);

// Two projects of one directory must not write to the same places: the vendor directory of the one that does not come
// first lies in a directory of its own. Code::kManifestField.
Result<void> check_vendor_place(const Project& project);

// A path as seen from a directory, both absolute and clean.
std::string relative_path(std::string_view from, std::string_view to);

// The path as the go command shows it: from `directory`, where that is shorter; whole, where
// it cannot be looked at for another reason than that it is absent.
std::string shown_path(const io::FileReader& files, const std::string& directory, const std::string& path);

// The nearest file of that name in `directory` or above it; empty where there is none. An error where one of the
// directories cannot be looked into.
Result<std::string> find_upwards(const io::FileReader& files, std::string directory, const std::string& name);

}  // namespace modtool::project
