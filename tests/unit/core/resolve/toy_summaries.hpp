// The one place where tests make a SummaryReader.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "core/manifest/dialect.hpp"
#include "core/resolve/summary_reader.hpp"

namespace modtool::resolve::test {

// What a test says of a reader. What is given by reference outlives it.
struct SummarySetup {
  const manifest::Dialect& dialect;
  const manifest::Manifest& root;  // its replacements are applied
  std::function<Result<std::string>(const module::ModuleVersion& module, const module::ModuleVersion& actual)> manifest;
  manifest::ChecksumTable checksums = {};
  RequirementIndex* index = nullptr;
  IndexUse index_use = IndexUse::kReading;
  std::function<manifest::FileName(const module::ModuleVersion& directory)> name_of = {};
  std::function<std::optional<manifest::Summary>(const module::ModuleVersion& actual)> known = {};
};

class ToySummaries {
 public:
  explicit ToySummaries(SummarySetup setup)
      : setup_(std::move(setup)),
        replacements_(setup_.root.replace),
        reader_({.dialect = setup_.dialect,
                 .root = setup_.root,
                 .manifest = setup_.manifest,
                 .replacements = replacements_,
                 .checksums = setup_.checksums,
                 .index = setup_.index,
                 .index_use = setup_.index_use,
                 .name_of = setup_.name_of,
                 .known = setup_.known}) {}
  ToySummaries(const ToySummaries&) = delete;

  SummaryReader& reader() { return reader_; }

 private:
  SummarySetup setup_;
  manifest::ReplacementTable replacements_;
  SummaryReader reader_;
};

}  // namespace modtool::resolve::test
