// A module without the directories that are modules of their own.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/module/module_tree.hpp"
#include "core/module/module_version.hpp"

namespace modtool::module {

// The directories of the module at `path`, relative to it, that other modules of the list are in: their files are those
// modules' alone.
std::vector<std::string> nested_modules(const std::string& path, const std::vector<ModuleVersion>& modules);

// Whether a file is below one of the directories.
bool is_below_any(std::string_view name, const std::vector<std::string>& directories);

// The tree without the files below these directories.
std::shared_ptr<const ModuleTree> prune_tree(std::shared_ptr<const ModuleTree> tree,
                                             const std::vector<std::string>& directories);

}  // namespace modtool::module
