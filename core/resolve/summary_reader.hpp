// From the manifests of dependencies to the summaries that resolution needs.
#pragma once

#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "core/manifest/dialect.hpp"
#include "core/manifest/modules.hpp"
#include "core/resolve/lock_index.hpp"
#include "core/resolve/requirement_index.hpp"

namespace modtool::resolve {

// What the requirement index may save.
enum class IndexUse {
  kReading,  // the checksums say which manifest it is: where the index knows that one, nothing is read
  kParsing,  // every manifest is read, and so checked, as the go command does
};

// What a SummaryReader goes by. All of it outlives the reader.
struct SummaryInputs {
  const manifest::Dialect& dialect;
  const manifest::Manifest& root;  // for what it says of its dependencies
  const manifest::ChecksumTable& checksums;
  RequirementIndex* index = nullptr;  // none: every manifest is read and parsed
  IndexUse index_use = IndexUse::kReading;
  const LockIndex* lock = nullptr;  // holds the graph: what it has of a module is not read. None: no lock does
};

// The `summary` of a view of modules, made of its `manifest`. May be used from several threads at once.
class SummaryReader {
 public:
  explicit SummaryReader(const SummaryInputs& inputs) : inputs_(inputs) {}

  // As Modules::summary, with the manifests that `modules` gives: of a module at a version only bytes that fit the
  // checksums. `stand_in` is what `modules` has in the module's place, and `name` how messages call the manifest of a
  // directory.
  Result<manifest::Summary> read(manifest::Modules& modules, const module::ModuleVersion& module,
                                 const manifest::StandIn& stand_in, const manifest::FileName& name) const;

 private:
  Result<manifest::Summary> read_stand_in(manifest::Modules& modules, const module::ModuleVersion& module,
                                          const manifest::StandIn& stand_in, const manifest::FileName& name) const;
  std::optional<manifest::Summary> find_in_index(const manifest::StandIn& stand_in) const;
  Result<manifest::Summary> read_and_parse(manifest::Modules& modules, const module::ModuleVersion& module,
                                           const manifest::StandIn& stand_in, const manifest::FileName& name) const;

  SummaryInputs inputs_;
};

}  // namespace modtool::resolve
