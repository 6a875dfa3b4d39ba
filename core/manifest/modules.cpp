#include "core/manifest/modules.hpp"

namespace modtool::manifest {

Result<Summary> named_summary(Modules& modules, const module::ModuleVersion& module) {
  auto summary = modules.summary(module);
  if (summary || summary.error().code == Code::kTooNewGo) return summary;  // the latter names the module itself
  const StandIn stand_in = modules.stand_in(module);
  return fail_in(std::move(summary), stand_in.is_directory() ? "module " + stand_in.path : to_string(stand_in));
}

}  // namespace modtool::manifest
