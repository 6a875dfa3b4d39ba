// A module at a version, the unit that everything deals in.
#pragma once

#include <compare>
#include <string>

namespace modtool::module {

// A module path and a version. What an empty version means is said where it may occur: the main module, a directory
// that stands in for a module, or "every version" on the left side of a replacement. Not checked: see path.hpp and
// semver.hpp for the checks.
struct ModuleVersion {
  std::string path;
  std::string version;

  // Bytewise, so v1.10.0 comes before v1.9.0; module_less orders as people expect.
  auto operator<=>(const ModuleVersion&) const = default;
};

// "path@version", or the path alone where there is no version.
std::string to_string(const ModuleVersion& module);

// By path, then by semantic version (with Go's `/go.mod` suffixes after their version).
bool module_less(const ModuleVersion& a, const ModuleVersion& b);

}  // namespace modtool::module
