// Where Go's module cache keeps what (go.dev/ref/mod#module-cache):
//
//     <root>/cache/download/<escaped path>/@v/<escaped version>.{info,mod,zip,ziphash,lock,partial}
//     <root>/cache/download/<escaped path>/@v/list
//     <root>/<escaped path>@<escaped version>/      the extracted files
//
// Every name that comes from outside passes its check here, before it becomes part of a path.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/module/module_version.hpp"

namespace modtool::goproxy {

class CacheLayout {
 public:
  // `root` is GOMODCACHE, an absolute path (Code::kBadSetting).
  static Result<CacheLayout> create(const std::string& root);

  // The `@v` directory of a path. Code::kBadModulePath.
  Result<std::string> version_directory(const std::string& path) const;
  // The file of a module at a canonical version: file(m, "zip"). Code::kBadModulePath, kBadVersion.
  Result<std::string> file(const module::ModuleVersion& module, std::string_view suffix) const;
  // The directory of the extracted files.
  Result<std::string> tree(const module::ModuleVersion& module) const;
  const std::string& root() const { return root_; }

 private:
  explicit CacheLayout(std::string root) : root_(std::move(root)) {}

  std::string root_;
};

// The version itself where it is canonical; Code::kBadVersion otherwise. `+incompatible` is part of a canonical
// version.
Result<void> check_canonical(const std::string& version);

}  // namespace modtool::goproxy
