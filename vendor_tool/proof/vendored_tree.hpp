// What vendor/ holds of one module, taken as it is: the tree of a module that nothing vouches for.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"
#include "core/module/module_tree.hpp"

namespace modtool::vendor_tool {

// The files below vendor/<module path>, less the directories of other modules (`others`: module paths), which their own
// modules answer for. Links and what is no regular file are not in the tree. A directory that is not there is an empty
// tree. `files` must outlive the tree.
Result<std::shared_ptr<const module::ModuleTree>> open_vendored_tree(const io::FileReader& files,
                                                                     const std::string& vendor,
                                                                     const std::string& module_path,
                                                                     const std::vector<std::string>& others);

}  // namespace modtool::vendor_tool
