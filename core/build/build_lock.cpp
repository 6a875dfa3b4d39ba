#include "core/build/build_lock.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/build/git_ceilings.hpp"

namespace modtool::build {
namespace {

// In the environment of a build tool: the directory that it builds in.
constexpr std::string_view kBuildingVariable = "MODTOOL_BUILDING=";

// A file in the build directory, which may be the project's own: that one is locked where manifests are written.
constexpr std::string_view kLockFile = ".modtool-lock";

}  // namespace

Result<BuildLock> lock_build(io::FileSystem& files, const std::string& directory,
                             const std::vector<std::string>& environment,
                             const std::function<void(const std::string&)>& note, const Cancellation& cancellation) {
  BuildLock lock{.directory = directory};
  const bool is_within = std::ranges::count(environment, fmt::format("{}{}", kBuildingVariable, directory)) != 0;
  if (directory.empty() || is_within) return lock;
  MODTOOL_CHECK(files.make_directories(directory));
  const auto tell = [&] {
    lock.has_waited = true;
    note(fmt::format("waiting for another build in {}", directory));
  };
  MODTOOL_TRY(lock.held, files.lock_if_possible(io::join_path(directory, kLockFile), cancellation, tell));
  return lock;
}

std::vector<std::string> building_in(const std::string& directory, const BuildRequest& request,
                                     const std::vector<std::string>& users) {
  auto environment = stop_git_at_modules(request, directory, users);
  if (directory.empty()) return environment;
  std::erase_if(environment, [](const std::string& entry) { return entry.starts_with(kBuildingVariable); });
  environment.push_back(fmt::format("{}{}", kBuildingVariable, directory));
  return environment;
}

}  // namespace modtool::build
