#include "core/engine/settings.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace modtool::engine {

Fix unsetting(const Settings& settings, std::string_view variable) {
  for (const auto& name : {std::string(variable), to_lower(variable)}) {
    const bool is_set = std::ranges::any_of(settings.environment, [&](const std::string& pair) {
      return pair.starts_with(name + "=") && pair.size() > name.size() + 1;
    });
    if (is_set) return Fix::command({"unset", name});
  }
  return Fix::command({"go", "env", "-u", std::string(variable)});
}

}  // namespace modtool::engine
