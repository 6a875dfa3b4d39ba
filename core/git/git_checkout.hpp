// A Git checkout on the disk, as far as its files tell without Git.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"

namespace modtool::git {

struct GitCheckout {
  std::string root;         // absolute directory of the work tree
  std::string config_file;  // of the repository, which all its work trees share
};

// The checkout around an absolute directory; that of a linked work tree and of a submodule, too.
// Code::kNoRepository where there is none.
Result<GitCheckout> find_git_checkout(const io::FileReader& files, const std::string& directory);

}  // namespace modtool::git
