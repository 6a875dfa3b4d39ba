#include "core/project/replacement.hpp"

#include "core/source/directory_tree.hpp"

namespace modtool::project {

Result<std::shared_ptr<const module::ModuleTree>> open_replacement(const io::FileReader& files, const Project& project,
                                                                   const std::string& directory) {
  using enum source::DirectoryModes;
  return source::open_directory_tree(files, project.path_of(directory), source::DirectoryKind::kReplacement,
                                     project.dialect->keeps_modes() ? kRead : kIgnored);
}

}  // namespace modtool::project
