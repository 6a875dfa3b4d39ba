// The one place where tests make a SummaryReader: a view of modules that knows their manifests only.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/manifest/modules.hpp"
#include "core/resolve/summary_reader.hpp"

namespace modtool::resolve::test {

// What a test says of a reader. What is given by reference or pointer outlives it.
struct SummarySetup {
  const manifest::Dialect& dialect;
  const manifest::Manifest& root;  // its replacements are applied
  std::function<Result<std::string>(const module::ModuleVersion& module, const module::ModuleVersion& stand_in)>
      manifest;
  manifest::ChecksumTable checksums = {};
  RequirementIndex* index = nullptr;
  IndexUse index_use = IndexUse::kReading;
  const LockIndex* lock = nullptr;
  std::string shown = {};  // how messages call the manifest of a directory; empty: as the replacement spells it
};

// The root's replacements, made before the view that refers to them.
struct ToyReplacements {
  manifest::ReplacementTable table;
};

class ToySummaries : private ToyReplacements, public manifest::Modules {
 public:
  explicit ToySummaries(SummarySetup setup)
      : ToyReplacements{manifest::ReplacementTable(setup.root.replace)},
        Modules(table),
        setup_(std::move(setup)),
        reader_({.dialect = setup_.dialect,
                 .root = setup_.root,
                 .checksums = setup_.checksums,
                 .index = setup_.index,
                 .index_use = setup_.index_use,
                 .lock = setup_.lock}) {}

  Result<manifest::Summary> summary(const module::ModuleVersion& module) override {
    const manifest::StandIn what = stand_in(module);
    const std::string usual = what.path + "/" + std::string(setup_.dialect.manifest_name());
    return reader_.read(*this, module, what, {.shown = setup_.shown.empty() ? usual : setup_.shown});
  }
  Result<std::string> manifest(const module::ModuleVersion& module) override {
    return setup_.manifest(module, stand_in(module));
  }
  Result<manifest::Tree> tree(const module::ModuleVersion&) override { return fail(Code::kInternal, "no trees here"); }
  Result<std::vector<module::ModuleVersion>> build_list() override { return fail(Code::kInternal, "no list here"); }
  std::string place(const module::ModuleVersion&) const override { return {}; }

 private:
  SummarySetup setup_;
  SummaryReader reader_;
};

}  // namespace modtool::resolve::test
