// Reads the manifests of dependencies, replacements applied, as the summaries that resolution needs.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "core/manifest/dialect.hpp"
#include "core/resolve/requirement_index.hpp"

namespace modtool::resolve {

// Gives the bytes of the manifest of what stands in for a module: a module at a version, or (without a version) a
// directory. `module` is the module of the graph.
using ManifestReader =
    std::function<Result<std::string>(const module::ModuleVersion& module, const module::ModuleVersion& actual)>;

// How messages call the manifest of a directory that stands in for a module.
using ManifestNamer = std::function<manifest::FileName(const module::ModuleVersion& directory)>;

// What the requirement index may save.
enum class IndexUse {
  kReading,  // the checksums say which manifest it is: where the index knows that one, nothing is read
  kParsing,  // every manifest is read, and so checked, as the go command does
};

// What a SummaryReader reads from. All of it outlives the reader.
struct SummaryInputs {
  const manifest::Dialect& dialect;
  const manifest::Manifest& root;  // for what it says of its dependencies
  ManifestReader manifest;         // of a module at a version it gives only bytes that fit the checksums
  const manifest::ReplacementTable& replacements;
  const manifest::ChecksumTable& checksums;
  RequirementIndex* index = nullptr;  // none: every manifest is read and parsed
  IndexUse index_use = IndexUse::kReading;
  ManifestNamer name_of = {};  // without it a directory's manifest is called as the replacement spells it
  // What a lock knows of a module (replacements applied) without its manifest. May be empty.
  std::function<std::optional<manifest::Summary>(const module::ModuleVersion& actual)> known = {};
};

// May be used from several threads at once.
class SummaryReader {
 public:
  explicit SummaryReader(const SummaryInputs& inputs) : inputs_(inputs) {}

  // The summary of a module of the graph. Checked: the manifest declares the path it was required as (or the one it
  // was replaced by), and the module does not need a newer tool. Errors are in Go's words, and for the caller to frame:
  // the graph names a module otherwise than a package does.
  Result<manifest::Summary> read(const module::ModuleVersion& module);

  // What stands in for a module: its replacement, or itself.
  module::ModuleVersion actual(const module::ModuleVersion& module) const;

 private:
  Result<manifest::Summary> read_actual(const module::ModuleVersion& module, const module::ModuleVersion& actual);
  std::optional<manifest::Summary> find_in_index(const module::ModuleVersion& actual) const;
  manifest::FileName name_for(const module::ModuleVersion& actual) const;
  Result<manifest::Summary> read_and_parse(const module::ModuleVersion& module, const module::ModuleVersion& actual);

  SummaryInputs inputs_;
};

}  // namespace modtool::resolve
