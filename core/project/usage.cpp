#include "core/project/usage.hpp"

#include "core/native/full_usage.hpp"
#include "core/packages/go_usage.hpp"
#include "core/project/project.hpp"

namespace modtool::project {

std::unique_ptr<manifest::UsageAnalysis> make_usage_by_imports(const UsageInputs& inputs) {
  const auto& manifest = inputs.project.manifest;
  packages::PackageRequest request{.main_path = manifest.path,
                                   .root = inputs.project.root,
                                   .files = &inputs.files,
                                   .ignore = manifest.ignore,
                                   .tools = manifest.tool,
                                   .replace = manifest.replace,
                                   .exclude = manifest.exclude,
                                   .roots = inputs.project.dialect->roots_of(manifest),
                                   .explicit_mode = {}};
  return packages::make_go_usage(
      {.packages = std::move(request), .go = manifest.go, .allow_errors = inputs.allow_errors}, inputs.pool);
}

std::unique_ptr<manifest::UsageAnalysis> make_usage_by_mode(const UsageInputs& inputs) {
  return native::make_full_usage(inputs.pool);
}

}  // namespace modtool::project
