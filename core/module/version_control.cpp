#include "core/module/version_control.hpp"

#include <string>

#include "core/module/path.hpp"

namespace modtool::module {

bool is_git_directory(std::string_view name) {
  while (name.ends_with('.') || name.ends_with(' ')) name.remove_suffix(1);  // as Windows does
  const std::string folded = fold_case(name);
  return folded == ".git" || folded == "git~1";
}

}  // namespace modtool::module
