#include "core/resolve/near_path.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/module/path.hpp"

namespace modtool::resolve {
namespace {

bool is_near(std::string_view a, std::string_view b) {
  if (module::fold_case(a) == module::fold_case(b)) return true;
  const auto ours = split(a, '/');
  const auto theirs = split(b, '/');
  if (ours.size() != theirs.size()) return false;
  const auto [our, their] = std::ranges::mismatch(ours, theirs);
  return std::equal(our + 1, ours.end(), their + 1) && !nearest(*our, {*their}).empty();
}

}  // namespace

std::string near_path(std::string_view path, const std::vector<std::string>& known) {
  if (std::ranges::find(known, path) != known.end()) return {};
  const auto found = std::ranges::find_if(known, [&](const std::string& other) { return is_near(path, other); });
  return found == known.end() ? std::string() : *found;
}

}  // namespace modtool::resolve
