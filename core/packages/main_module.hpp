// The main module's packages, as they lie in its directory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/io/file_system.hpp"
#include "core/packages/module_sources.hpp"

namespace modtool::packages {

// The sources of the main module. Links to files are followed, links to directories are not, as with the go command.
class MainModule : public ModuleSources {
 public:
  // `files` outlives this object; `root` is the directory that holds go.mod.
  MainModule(const io::FileReader& files, std::string root) : files_(files), root_(std::move(root)) {}

  Result<std::vector<std::string>> go_files(std::string_view directory) const override;
  Result<std::string> read(std::string_view name) const override { return files_.read(path_of(name)).required(); }

  // The directories with Go files that the pattern "./..." stands for, sorted: all but "testdata", those that begin
  // with
  // "." or "_", those below "vendor", nested modules, and those that a pattern of go.mod's `ignore` lines names.
  Result<std::vector<std::string>> find_packages(const std::vector<std::string>& ignore) const;

 private:
  std::string path_of(std::string_view name) const { return name.empty() ? root_ : root_ + "/" + std::string(name); }
  Result<bool> is_nested_module(std::string_view directory) const;
  Result<bool> is_regular(std::string_view directory, const io::DirectoryEntry& entry) const;
  // What a directory holds for the walk.
  struct Listing {
    std::vector<std::string> go_files;
    std::vector<std::string> directories;
    bool has_go_mod = false;
  };
  Result<Listing> list(std::string_view directory) const;
  Result<void> walk(const std::string& directory, const std::vector<std::string>& ignore,
                    std::vector<std::string>& found) const;

  const io::FileReader& files_;
  std::string root_;
};

}  // namespace modtool::packages
