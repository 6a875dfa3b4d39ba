// Whether what a Meson build found on the machine may come from there.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/build/meson/meson_introspection.hpp"
#include "core/build/meson/meson_layout.hpp"

namespace modtool::build {

struct OriginRules {
  const MesonLayout& layout;
  std::string prefix;  // where the modules are that are installed
  bool is_strict = false;
  const std::vector<std::string>& allowed;  // with --strict; case is left aside
};

// Code::kBadRecipe for what a module should provide; with --strict Code::kPackageMissing for all that is not allowed.
Result<void> check_origins(const std::vector<FoundDependency>& found, const OriginRules& rules);

}  // namespace modtool::build
