// `merge-driver install`: has Git call modtool for the files that it knows how to merge.
#pragma once

#include <string>
#include <vector>

#include "core/engine/context.hpp"

namespace modtool::tasks {

struct InstallReport {
  std::string config_file;  // the repository's Git configuration
  std::string driver;       // the command that stands there
  std::string program;      // this program's file, where that is in it, as none is found by the name; else empty
  bool config_changed = false;
  std::string attributes_file;     // .gitattributes at the root of the checkout
  std::vector<std::string> added;  // its new lines
};

// Enters the driver into the configuration of the repository around the current directory, and the files into the
// .gitattributes of its checkout. What is there already stays as it is. Code::kNoRepository.
Result<InstallReport> install_merge_driver(const engine::Context& context);

}  // namespace modtool::tasks
