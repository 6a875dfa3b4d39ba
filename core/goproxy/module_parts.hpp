// What Go's module cache holds of one module.
#pragma once

#include <optional>
#include <string>

#include "core/base/error.hpp"

namespace modtool::goproxy {

// Absolute paths of the files and of the extracted directory, and the hashes that go.sum has for them. What comes
// behind the part that failed is empty, and `error` says why.
struct ModuleParts {
  std::string info;
  std::string go_mod;
  std::string go_mod_sum;
  std::string zip;
  std::string sum;
  std::string directory;
  std::optional<Error> error;
};

}  // namespace modtool::goproxy
