#include "core/module/module_version.hpp"

#include <string_view>

#include "core/module/semver.hpp"

namespace modtool::module {
namespace {

// "v1.0.0/go.mod", as go.sum has it, in its two parts.
struct SumVersion {
  std::string_view version;
  std::string_view file;
};

SumVersion split_file(std::string_view version) {
  const auto slash = version.find('/');
  if (slash == std::string_view::npos) return {version, {}};
  return {version.substr(0, slash), version.substr(slash)};
}

}  // namespace

std::string to_string(const ModuleVersion& module) {
  return module.version.empty() ? module.path : module.path + "@" + module.version;
}

bool module_less(const ModuleVersion& a, const ModuleVersion& b) {
  if (a.path != b.path) return a.path < b.path;
  const SumVersion left = split_file(a.version);
  const SumVersion right = split_file(b.version);
  if (left.version == right.version) return left.file < right.file;
  return compare_module_versions(a.path, left.version, right.version) < 0;
}

}  // namespace modtool::module
