#include "core/module/windows_names.hpp"

#include <fmt/format.h>

#include <string>
#include <unordered_map>

#include "core/base/text.hpp"
#include "core/module/path.hpp"

namespace modtool::module {
namespace {

std::string_view cut_end(std::string_view element) {
  const auto last = element.find_last_not_of(". ");
  return element.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// The name as Windows would have it, in one case.
std::string windows_name(std::string_view name) {
  std::string shown;
  for (const auto element : split(name, '/')) {
    if (!shown.empty()) shown += '/';
    shown += cut_end(element);
  }
  return fold_case(shown);
}

// Whether Windows changes a name; most need not be looked at further.
bool is_changed(std::string_view name) {
  return name.ends_with(' ') || name.ends_with('.') || name.contains(" /") || name.contains("./");
}

}  // namespace

Result<void> check_windows_names(const std::vector<std::string_view>& names) {
  std::unordered_map<std::string, std::string_view> changed;
  for (const auto name : names) {
    if (!is_changed(name)) continue;
    const std::string becomes = windows_name(name);
    if (becomes == "go.mod") return fail(Code::kZipRules, fmt::format("{} becomes go.mod on Windows", quote(name)));
    changed.emplace(becomes, name);
  }
  if (changed.empty()) return {};
  for (const auto name : names) {
    const auto other = changed.find(windows_name(name));
    if (other == changed.end() || other->second == name) continue;
    return fail(Code::kZipRules, fmt::format("{} and {} are one name on Windows", quote(name), quote(other->second)));
  }
  return {};
}

}  // namespace modtool::module
