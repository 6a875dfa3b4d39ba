// Who answers to which name, where several modules could.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/build/build_plan.hpp"

namespace modtool::build {

// The names that a module would like to be asked for by.
struct NameClaim {
  const PlannedModule* module = nullptr;
  std::vector<std::string> names;
  bool is_described = false;  // by the manifest, and not made up
};

// Leaves each claim the names that are its own, without repetitions: one that is made up yields to one that is
// described. Case is left aside between modules. Code::kNameClash where two modules are described with one name, or
// would both be called so; `field` is what describes other names: `"cmake": {"names": […]}`.
Result<void> settle_names(std::vector<NameClaim>& claims, std::string_view field);

// Letters and digits of ASCII, and what else may stand in the name of a package, a dependency or a project: _.+-
bool is_name_character(char c);

// The last element of a module's path: what it is called where nobody says otherwise.
std::string_view last_element(std::string_view path);

}  // namespace modtool::build
