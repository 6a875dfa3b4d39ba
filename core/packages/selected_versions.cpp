#include "core/packages/selected_versions.hpp"

#include "core/module/semver.hpp"

namespace modtool::packages {

SelectedVersions::SelectedVersions(const PackageRequest& request, manifest::Modules& modules) : modules_(modules) {
  for (const auto& main : request.mains) mains_.push_back(main.path);
  for (const auto& [path, version] : request.roots.modules) {
    const auto [root, is_new] = roots_.try_emplace(path, version);
    if (!is_new && module::compare_module_versions(path, root->second, version) < 0) root->second = version;
  }
  for (const auto& main : mains_) roots_[main] = "";
}

Result<const VersionsByPath*> SelectedVersions::build_list() {
  const std::lock_guard lock(mutex_);
  if (!build_list_) {
    auto modules = modules_.build_list();
    if (modules) {
      build_list_.emplace(VersionsByPath());
      for (auto& [path, version] : *modules) (*build_list_)->try_emplace(std::move(path), std::move(version));
      for (const auto& main : mains_) (**build_list_)[main] = "";
    } else {
      build_list_ = fail(std::move(modules).error());
    }
  }
  if (!*build_list_) return fail(build_list_->error());
  return &**build_list_;
}

const VersionsByPath* SelectedVersions::loaded_build_list() {
  const std::lock_guard lock(mutex_);
  return build_list_ && *build_list_ ? &**build_list_ : nullptr;
}

bool SelectedVersions::is_root(const module::ModuleVersion& module) const {
  const auto root = roots_.find(module.path);
  return root != roots_.end() && root->second == module.version;
}

}  // namespace modtool::packages
