// Whether what a Meson build found on the machine may come from there.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/build/meson/meson_introspection.hpp"
#include "core/build/meson/meson_layout.hpp"

namespace modtool::build {

struct OriginRules {
  const MesonLayout& layout;
  const BuildPlan& claims;  // the modules of the layout, with what pkg-config would call them
  std::string prefix;       // where the modules are that are installed
  bool is_strict = false;
  const std::vector<std::string>& allowed;  // case is left aside
};

// What a configured build has found outside itself.
struct FoundOutside {
  std::vector<FoundDependency> dependencies;
  std::set<std::string> libraries;    // of find_library()
  std::set<std::string> subprojects;  // and which are part of it
};

// Code::kBadRecipe for what a module should provide; with --strict Code::kPackageMissing for all that is not allowed.
Result<void> check_origins(const FoundOutside& found, const OriginRules& rules);

// What users should know, a line each: required modules that nothing asked for, and what comes from the machine.
std::vector<std::string> notes_on_origins(const FoundOutside& found, const OriginRules& rules);

}  // namespace modtool::build
