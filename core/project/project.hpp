// One project on disk: found, and its manifest and checksums loaded. Owns the table of dialects.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"
#include "core/manifest/dialect.hpp"

namespace modtool::project {

struct ProjectOptions {
  std::string directory;  // absolute: where the search starts, then upwards
  std::string
      manifest_file;  // another manifest in the place of the one found (Go's -modfile); its checksums lie beside it
  std::string not_a_root;  // a directory whose manifest does not count (the system's temporary one); may be empty
  bool names_checksums_in_full = false;     // in messages, as the go command does
  manifest::VersionFixer fix_version = {};  // for queries in the manifest; without it they are errors
};

// A loaded project; immutable.
struct Project {
  std::shared_ptr<const manifest::Dialect> dialect;
  std::string root;           // absolute directory of the main module
  std::string manifest_path;  // absolute
  std::string checksum_path;  // absolute; the file may be absent
  std::string manifest_text;
  manifest::Manifest manifest;
  manifest::ChecksumTable checksums;
  bool has_checksums = false;  // whether the checksum file is there

  std::string vendor_directory() const { return io::join_path(root, "vendor"); }
  std::string sums_path() const { return io::join_path(root, "modtool.sums"); }
  module::ModuleVersion main() const { return {manifest.path, ""}; }
};

// The dialects, in the order in which their manifests are looked for. `go_version` is the Go that this run stands for.
std::vector<std::shared_ptr<const manifest::Dialect>> dialects(const std::string& go_version);

// The nearest directory upwards that holds a dialect's manifest. Code::kNoProject where there is none; every problem
// of the manifest and of the checksum file otherwise.
Result<Project> load_project(const io::FileReader& files, const ProjectOptions& options, const std::string& go_version);

// The path as the go command shows it: from `directory`, where that is shorter; whole, where
// it cannot be looked at for another reason than that it is absent.
std::string shown_path(const io::FileReader& files, const std::string& directory, const std::string& path);

// The nearest file of that name in `directory` or above it; empty where there is none.
std::string find_upwards(const io::FileReader& files, std::string directory, const std::string& name);

}  // namespace modtool::project
