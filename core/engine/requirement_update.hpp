// Requirements that a command may correct in passing, as `go mod download` does: what the manifest asks for, as
// resolution takes it, and the manifest written back with what was selected.
#pragma once

#include <string>
#include <utility>

#include "core/engine/context.hpp"
#include "core/engine/open_project.hpp"
#include "core/manifest/manifest.hpp"

namespace modtool::engine {

class RequirementUpdate {
 public:
  // The project outlives it. A manifest without a language version is that of this run's, and then requires all that it
  // has selected as the old one that it was.
  static Result<RequirementUpdate> of(const Context& context, OpenProject& opened);

  const manifest::Manifest& manifest() const { return manifest_; }
  const manifest::Roots& roots() const { return roots_; }
  // Whether a path was required at several versions: of these a pruned graph is that of the highest.
  bool dropped_some() const { return dropped_some_; }

  // Writes the manifest with these roots, if it says something else (manifest::Dialect::with_roots).
  // Code::kGoModOutOfDate where it was changed meanwhile.
  Result<void> save(const manifest::Roots& roots) const;

 private:
  RequirementUpdate(const Context& context, OpenProject& opened);
  const manifest::Dialect& dialect() const { return *opened_.project().dialect; }
  Result<void> assume_language();
  void drop_repeated();

  const Context& context_;
  OpenProject& opened_;
  manifest::Manifest manifest_;
  manifest::Roots roots_;
  bool dropped_some_ = false;
};

}  // namespace modtool::engine
