// One project on disk: found, and its manifest and lock loaded. Owns the table of dialects.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"
#include "core/manifest/dialect.hpp"
#include "core/project/usage.hpp"

namespace modtool::project {

// The versions that the dialects' manifests may ask for.
struct ToolVersions {
  std::string go;       // the Go that this run stands for
  std::string modtool;  // this modtool
};

struct ProjectOptions {
  std::string directory;      // absolute: where the search starts, then upwards
  std::string manifest_file;  // another manifest in the place of the one found (Go's -modfile); its lock lies beside it
  std::string not_a_root;     // a directory whose manifest does not count (the system's temporary one); may be empty
  std::string dialect;        // the only one looked for ("go"); empty: any
  bool names_lock_in_full = false;          // in messages, as the go command does
  manifest::VersionFixer fix_version = {};  // for queries in the manifest; without it they are errors
};

// A loaded project; immutable.
struct Project {
  std::shared_ptr<const manifest::Dialect> dialect;
  UsageMaker make_usage = nullptr;  // the dialect's analysis of what is used
  std::string build_system;         // what builds projects of the dialect, unless the manifest says otherwise
  std::string root;                 // absolute directory of the main module
  std::string manifest_path;        // absolute
  std::string lock_path;            // absolute; the file may be absent
  std::string manifest_text;
  manifest::Manifest manifest;
  manifest::Lock lock;
  bool has_lock = false;  // whether the lock is there

  // Of the vendor directory, from the root.
  std::string vendor_name() const { return manifest.vendor_directory.empty() ? "vendor" : manifest.vendor_directory; }
  std::string vendor_directory() const { return io::join_path(root, vendor_name()); }
  std::string sums_path() const { return io::join_path(root, "modtool.sums"); }
  // A path that the manifest writes: from the root, unless it is absolute.
  std::string path_of(const std::string& written) const {
    return io::is_absolute(written) ? written : io::join_path(root, written);
  }
  module::ModuleVersion main() const { return {manifest.path, ""}; }
};

// A row of the table of dialects.
struct DialectRow {
  std::shared_ptr<const manifest::Dialect> dialect;
  UsageMaker make_usage = nullptr;
  std::string build_system;
};

// The dialects, in the order in which their manifests are looked for in one directory.
std::vector<DialectRow> dialects(const ToolVersions& versions);

// The nearest directory upwards that holds a dialect's manifest. Code::kNoProject where there is none; every problem
// of the manifest and of the lock otherwise.
Result<Project> load_project(const io::FileReader& files, const ProjectOptions& options, const ToolVersions& versions);

// A path as seen from a directory, both absolute and clean.
std::string relative_path(std::string_view from, std::string_view to);

// The path as the go command shows it: from `directory`, where that is shorter; whole, where
// it cannot be looked at for another reason than that it is absent.
std::string shown_path(const io::FileReader& files, const std::string& directory, const std::string& path);

// The nearest file of that name in `directory` or above it; empty where there is none.
std::string find_upwards(const io::FileReader& files, std::string directory, const std::string& name);

}  // namespace modtool::project
