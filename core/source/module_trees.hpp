// Module trees over what is on disk.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"
#include "core/module/module_tree.hpp"
#include "core/module/module_version.hpp"

namespace modtool::source {

// The files of a module zip, checked against the rules for module zips. The zip stays open; reads are serialised.
Result<std::unique_ptr<module::ModuleTree>> open_zip_tree(const std::string& path, const module::ModuleVersion& module);

// The regular files below a directory, links passed over. `files` outlives the tree. With `stop_at_nested_modules`
// directories that hold a go.mod of their own, and vendor and version-control directories, are passed over too.
Result<std::unique_ptr<module::ModuleTree>> open_directory_tree(const io::FileReader& files, std::string directory,
                                                                bool stop_at_nested_modules);

}  // namespace modtool::source
