// Where Go's module cache keeps what (go.dev/ref/mod#module-cache): a layout shared with the go command.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/module/module_version.hpp"

namespace modtool::source {

struct CacheLayout {
  std::string root;  // GOMODCACHE

  // cache/download/<escaped path>/@v/<escaped version>.<suffix>
  Result<std::string> file(const module::ModuleVersion& module, const std::string& suffix) const;
  // The extracted tree: <escaped path>@<escaped version>
  Result<std::string> tree(const module::ModuleVersion& module) const;
};

// "<escaped path>/@v/<escaped version>.<suffix>": the same below a proxy's address.
Result<std::string> proxy_path(const module::ModuleVersion& module, const std::string& suffix);

}  // namespace modtool::source
