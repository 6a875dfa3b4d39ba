#include "core/build/git_ceilings.hpp"

#include <set>
#include <string_view>
#include <utility>

#include "core/base/text.hpp"
#include "core/build/meson/meson_plan.hpp"
#include "core/build/source_copy.hpp"

namespace modtool::build {
namespace {

constexpr std::string_view kCeilings = "GIT_CEILING_DIRECTORIES=";

// The directories around the modules that are not the project's own, nor around it.
std::set<std::string> directories_around(const BuildRequest& request, const std::string& build_directory) {
  std::set<std::string> around;
  for (const auto& module : request.plan.modules) {
    if (module.recipe.copy) {
      for (const auto& copies : {copies_in(build_directory), copies_in(build_directory + "-prefix"),
                                 io::join_path(request.root, kMesonCopies)}) {
        around.insert(io::directory_of(io::join_path(copies, to_string(module.module))));
      }
    }
    const auto& written = module.directory;
    auto parent = io::directory_of(io::is_absolute(written) ? written : io::join_path(request.root, written));
    if (!has_path_prefix(request.root, parent)) around.insert(std::move(parent));
  }
  return around;
}

}  // namespace

std::vector<std::string> stop_git_at_modules(const BuildRequest& request, const std::string& build_directory,
                                             std::vector<std::string> environment) {
  const auto around = directories_around(request, build_directory);
  if (around.empty()) return environment;
  std::string ceilings = join({around.begin(), around.end()}, ":");
  std::erase_if(environment, [&](const std::string& entry) {
    if (entry.starts_with(kCeilings)) ceilings += ":" + entry.substr(kCeilings.size());
    return entry.starts_with(kCeilings) || entry.starts_with("GIT_DIR=") || entry.starts_with("GIT_WORK_TREE=");
  });
  environment.push_back(std::string(kCeilings) + ceilings);
  return environment;
}

}  // namespace modtool::build
