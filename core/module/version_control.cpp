#include "core/module/version_control.hpp"

#include <string>

#include "core/module/path.hpp"

namespace modtool::module {

bool instructs_git(std::string_view path) {
  const std::string name = fold_case(path.substr(path.rfind('/') + 1));  // npos + 1 is 0
  return name == ".gitignore" || name == ".gitattributes";
}

bool is_git_directory(std::string_view name) {
  while (name.ends_with('.') || name.ends_with(' ')) name.remove_suffix(1);  // as Windows does
  const std::string folded = fold_case(name);
  return folded == ".git" || folded == "git~1";
}

}  // namespace modtool::module
