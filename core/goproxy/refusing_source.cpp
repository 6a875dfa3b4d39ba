#include "core/goproxy/refusing_source.hpp"

namespace modtool::goproxy {

using module::ModuleVersion;

std::unexpected<Error> RefusingSource::refuse(const std::string& path, const std::string& query) const {
  Error error{.code = refusal_.code, .message = refusal_.reason};
  if (!refusal_.fix.empty()) error.fix = refusal_.fix.with(path + "@" + query);
  if (refusal_.says_command) error.message += "; to fetch it:\n\t" + to_command(error.fix);
  return fail(std::move(error));
}

Result<std::vector<std::string>> RefusingSource::fetch_versions(const std::string& path) {
  return refuse(path, "latest");
}
Result<source::VersionInfo> RefusingSource::fetch_info(const std::string& path, const std::string& query) {
  return refuse(path, query);
}
Result<source::VersionInfo> RefusingSource::fetch_latest(const std::string& path) { return refuse(path, "latest"); }
Result<std::string> RefusingSource::fetch_mod(const ModuleVersion& module) {
  return refuse(module.path, module.version);
}
Result<void> RefusingSource::fetch_zip(const ModuleVersion& module, const std::string& /*destination*/) {
  return refuse(module.path, module.version);
}

}  // namespace modtool::goproxy
