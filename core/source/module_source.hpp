// Where modules come from. The module cache, a directory and a vendor tree are module sources; resolution, package
// loading and vendoring ask nothing else.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/module/module_tree.hpp"
#include "core/module/module_version.hpp"
#include "core/source/version_info.hpp"

namespace modtool::source {

// All functions may be called from several threads at once. "The source does not have it" is Code::kNotFound (a chain
// of sources then asks the next); every other failure is final unless is_retryable says otherwise. Errors do not name
// the module: the caller adds the frame "path@version" where Go's words have one.
class ModuleSource {
 public:
  virtual ~ModuleSource() = default;

  // The known release and pre-release versions of a path, ascending; pseudo-versions are not listed.
  virtual Result<std::vector<std::string>> versions(const std::string& path) = 0;
  // What a query stands for: a version, "latest", or a revision where the source knows those.
  virtual Result<VersionInfo> stat(const std::string& path, const std::string& query) = 0;
  // The manifest (go.mod) of a module at a canonical version, as its raw bytes; synthesised where the module has none.
  virtual Result<std::string> manifest(const module::ModuleVersion& module) = 0;
  // The module's files. A tree that this gave stays readable as long as it lives.
  virtual Result<std::shared_ptr<const module::ModuleTree>> tree(const module::ModuleVersion& module) = 0;
};

}  // namespace modtool::source
