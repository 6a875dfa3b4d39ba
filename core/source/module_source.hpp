// Where modules come from. A proxy, Git, a directory and a vendor tree are module sources; the cache and checksum
// verification wrap one and are one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/module/module_tree.hpp"
#include "core/module/module_version.hpp"

namespace modtool::source {

struct VersionInfo {
  std::string version;  // canonical
  std::string time;     // RFC 3339, of the commit; may be empty
  std::string origin;   // the JSON value of `Origin`, as the source gave it; may be empty
};

// All functions may be called from several threads at once. "The source does not have it" is Code::kNotFound (a chain
// of sources then asks the next); every other failure is final unless is_retryable says otherwise.
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
