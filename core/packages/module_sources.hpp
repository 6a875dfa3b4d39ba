// The Go files of one module, wherever they are: in the tree of a dependency, or in the main module's directory, which
// holds much that is no part of the module.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/packages/indexed_tree.hpp"

namespace modtool::packages {

// Names are slash-separated and relative to the module's root, whose own name is "". All functions may be called from
// several threads at once.
class ModuleSources {
 public:
  virtual ~ModuleSources() = default;

  // The base names of the Go files directly in a directory, sorted, those left out that the go command never looks at
  // ("_x.go", ".x.go"). Empty for what is no directory of this module: absent, or in a nested module.
  virtual Result<std::vector<std::string>> go_files(std::string_view directory) const = 0;
  virtual Result<std::string> read(std::string_view name) const = 0;
};

// Whether a name is that of a Go file that can be part of a package.
bool is_source_name(std::string_view base_name);
bool is_test_name(std::string_view base_name);

class TreeSources : public ModuleSources {
 public:
  explicit TreeSources(std::shared_ptr<const IndexedTree> module) : module_(std::move(module)) {}

  Result<std::vector<std::string>> go_files(std::string_view directory) const override;
  Result<std::string> read(std::string_view name) const override { return module_->tree().read(name); }

 private:
  std::shared_ptr<const IndexedTree> module_;
};

}  // namespace modtool::packages
