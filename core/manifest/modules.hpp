// What a run knows of the modules of a project. Whatever is worked out about modules (the graph, what is used, the
// vendor plan, a build, a picture) asks this one interface and nothing else, so the same code runs over sources, over
// proven evidence, and over a text in a test.
//
// Two make it: engine/sourced_modules (lock, requirement index and a source) and vendor_tool/run/proven_modules
// (evidence alone). The others are decorators, stacked where a view is made: vendor_tool/run/recording_modules (what
// was read), vendor_tool/run/patched_modules (patches), engine/told_modules (progress).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/dialect.hpp"
#include "core/manifest/manifest.hpp"
#include "core/module/module_tree.hpp"
#include "core/module/module_version.hpp"

namespace modtool::manifest {

using Tree = std::shared_ptr<const module::ModuleTree>;

// Arguments are modules of the graph, replacements not applied. All functions may be called from several threads at
// once.
class Modules {
 public:
  // The replacements of the root's manifest; they outlive the view.
  explicit Modules(const ReplacementTable& replacements) : replacements_(replacements) {}
  virtual ~Modules() = default;
  Modules(const Modules&) = delete;
  Modules& operator=(const Modules&) = delete;

  // What is read in the place of a module: itself, another module at a version, or a directory.
  StandIn stand_in(const module::ModuleVersion& module) const { return replacements_.stand_in(module); }
  const ReplacementTable& replacements() const { return replacements_; }

  // What resolution needs of a module's manifest. Checked: the manifest declares the path that the module was required
  // as (or was replaced by), and the module needs no newer tool. Errors are in Go's words and name no module: see
  // named_summary.
  virtual Result<Summary> summary(const module::ModuleVersion& module) = 0;
  // The bytes of that manifest, as the checksums have it; a synthesised one where the module has none.
  virtual Result<std::string> manifest(const module::ModuleVersion& module) = 0;
  // The files. Code::kChecksumMissing says that the checksum file lacks the module. The same tree may be asked for
  // often.
  virtual Result<Tree> tree(const module::ModuleVersion& module) = 0;
  // The selected versions of the whole graph, the main module first; only the roots, where no more is known.
  virtual Result<std::vector<module::ModuleVersion>> build_list() = 0;
  // Where the files of a module are, for messages; may be empty.
  virtual std::string place(const module::ModuleVersion& module) const = 0;

 private:
  const ReplacementTable& replacements_;
};

// A view in front of another, which outlives it: whoever derives from it overrides what differs.
class ModulesDecorator : public Modules {
 public:
  explicit ModulesDecorator(Modules& inner) : Modules(inner.replacements()), inner_(inner) {}

  Result<Summary> summary(const module::ModuleVersion& module) override { return inner_.summary(module); }
  Result<std::string> manifest(const module::ModuleVersion& module) override { return inner_.manifest(module); }
  Result<Tree> tree(const module::ModuleVersion& module) override { return inner_.tree(module); }
  Result<std::vector<module::ModuleVersion>> build_list() override { return inner_.build_list(); }
  std::string place(const module::ModuleVersion& module) const override { return inner_.place(module); }

 protected:
  Modules& inner() const { return inner_; }

 private:
  Modules& inner_;
};

// The summary of a module, with errors that name what stands in for it, as packages name modules (the graph frames the
// errors of its nodes itself).
Result<Summary> named_summary(Modules& modules, const module::ModuleVersion& module);

}  // namespace modtool::manifest
