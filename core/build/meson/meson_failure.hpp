// Why a Meson build failed: whose fault it was, from what Meson and ninja print.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/build/meson/meson_layout.hpp"
#include "core/build/tool_output.hpp"

namespace modtool::build {

class MesonWatch {
 public:
  // The layout must live as long as this.
  explicit MesonWatch(const MesonLayout& layout) : layout_(layout) {}

  // Pieces of output, as they come. The first failure counts.
  void see(std::string_view bytes);

  // The error of what ended with `status` ("configuring", "building"): a dependency that nobody provides
  // (kPackageMissing), or of another version (kPackageVersion), or that its subproject does not hand out (kBadRecipe);
  // a module that did not get through (kDependencyFailed); or the project itself (kBuildFailed).
  Error failure(std::string_view what, int status) const;

  // The wraps of the project's own that Meson has gone without, as far as it tells.
  std::vector<const OpenWrap*> missed_wraps() const;

 private:
  void see_line(std::string_view line);
  void see_error(std::string_view file, std::string_view message);
  void see_failed_target(std::string_view target);
  const PlannedModule* module_in(std::string_view path) const;
  Error missing_dependency() const;
  Error unfit_dependency(const PlacedSubproject& placed) const;
  std::vector<const OpenWrap*> wanted_wraps() const;

  const MesonLayout& layout_;
  LineReader lines_;
  bool has_error_ = false;
  bool is_configuration_ = false;           // the error is that of a meson.build; ninja may have Meson configure anew
  const PlannedModule* culprit_ = nullptr;  // whose meson.build failed, or whose target
  bool is_unfetched_ = false;               // a subproject would have been fetched
  std::vector<std::string> wanted_;         // subprojects that could not be had, or the dependency that one was for
  std::string missing_;                     // the dependency that Meson could not do without
  std::map<std::string, std::string> other_versions_;  // dependency → "found 1.2 but need: '>=7'"
};

// The module that a dependency of that name comes from, or nullptr; case left aside, as Meson does for wraps.
const PlacedSubproject* find_provider(const MesonLayout& layout, std::string_view dependency);

// The error of a dependency that no module provides; `why_not_here` tells why that of the machine is not taken.
Error dependency_missing(std::string_view dependency, std::string_view why_not_here);

}  // namespace modtool::build
