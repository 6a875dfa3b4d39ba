// Which version of a module a package may come from: that of the roots, or that of the whole build list.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/manifest/modules.hpp"
#include "core/packages/package_request.hpp"

namespace modtool::packages {

using VersionsByPath = std::map<std::string, std::string, std::less<>>;

// May be used from several threads at once.
class SelectedVersions {
 public:
  // The modules outlive it.
  SelectedVersions(const PackageRequest& request, manifest::Modules& modules);

  // The highest version of each root; the main module's is empty.
  const VersionsByPath& roots() const { return roots_; }
  // The whole build list, loaded with the first call; an error is the same at every call.
  Result<const VersionsByPath*> build_list();
  // The build list if it was loaded; otherwise nullptr.
  const VersionsByPath* loaded_build_list();

  // Whether `module` is what the roots select for its path.
  bool is_root(const module::ModuleVersion& module) const;

 private:
  std::vector<std::string> mains_;  // paths
  manifest::Modules& modules_;
  VersionsByPath roots_;
  std::mutex mutex_;
  std::optional<Result<VersionsByPath>> build_list_;
};

}  // namespace modtool::packages
