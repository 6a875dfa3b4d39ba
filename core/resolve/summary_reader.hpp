// Reads the manifests of dependencies, replacements applied, as the summaries that resolution needs.
#pragma once

#include <functional>
#include <string>

#include "core/base/result.hpp"
#include "core/manifest/dialect.hpp"
#include "core/resolve/requirement_index.hpp"

namespace modtool::resolve {

// Gives the bytes of the manifest of what stands in for a module: a module at a version, or (without a version) a
// directory. `module` is the module of the graph.
using ManifestReader =
    std::function<Result<std::string>(const module::ModuleVersion& module, const module::ModuleVersion& actual)>;

// What a SummaryReader reads from. All of it outlives the reader.
struct SummaryInputs {
  const manifest::Dialect& dialect;
  ManifestReader manifest;
  const manifest::ReplacementTable& replacements;
  const manifest::ChecksumTable& checksums;
  RequirementIndex* index = nullptr;  // none: every manifest is read and parsed
};

// May be used from several threads at once.
class SummaryReader {
 public:
  explicit SummaryReader(const SummaryInputs& inputs) : inputs_(inputs) {}

  // The summary of a module of the graph. Checked: the manifest declares the path it was required as (or the one it
  // was replaced by), and the module does not need a newer tool. Errors are in Go's words and name the module:
  // "a@v1 (replaced by b@v2): reading …".
  Result<manifest::Summary> read(const module::ModuleVersion& module);

  // What stands in for a module: its replacement, or itself.
  module::ModuleVersion actual(const module::ModuleVersion& module) const;

 private:
  Result<manifest::Summary> read_actual(const module::ModuleVersion& module, const module::ModuleVersion& actual);
  Result<manifest::Summary> read_and_parse(const module::ModuleVersion& module, const module::ModuleVersion& actual);

  SummaryInputs inputs_;
};

}  // namespace modtool::resolve
