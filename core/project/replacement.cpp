#include "core/project/replacement.hpp"

#include "core/source/directory_tree.hpp"

namespace modtool::project {

namespace {

// What the description of a module that the directory stands for says of links.
manifest::Symlinks links_of(const Project& project, const std::string& directory) {
  for (const auto& replacement : project.manifest.replace) {
    if (!replacement.is_directory() || replacement.to.path != directory) continue;
    const auto described = project.manifest.describe.find(replacement.from.path);
    if (described != project.manifest.describe.end()) return described->second.symlinks;
  }
  return manifest::Symlinks::kFollow;
}

}  // namespace

Result<std::shared_ptr<const module::ModuleTree>> open_replacement(const io::FileReader& files, const Project& project,
                                                                   const std::string& directory) {
  source::DirectoryRules rules{.kind = source::DirectoryKind::kReplacement, .links = source::DirectoryLinks::kLikeGo};
  if (project.dialect->keeps_modes()) {
    const bool leaves_out = links_of(project, directory) == manifest::Symlinks::kIgnore;
    rules.modes = source::DirectoryModes::kRead;
    rules.links = leaves_out ? source::DirectoryLinks::kInsideOrPassedOver : source::DirectoryLinks::kInside;
  }
  return source::open_directory_tree(files, project.path_of(directory), rules);
}

}  // namespace modtool::project
