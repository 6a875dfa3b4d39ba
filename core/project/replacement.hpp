// Directories that stand in for a project's modules.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"
#include "core/module/module_tree.hpp"
#include "core/project/project.hpp"

namespace modtool::project {

// The tree of such a directory, its path as the manifest writes it; Code::kFileNotFound where it is not there.
Result<std::shared_ptr<const module::ModuleTree>> open_replacement(const io::FileReader& files, const Project& project,
                                                                   const std::string& directory);

}  // namespace modtool::project
