// What a source must be able to do so that a module cache can stand before it: give the module's zip, not only a tree.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/module/module_version.hpp"
#include "core/source/version_info.hpp"

namespace modtool::goproxy {

// The raw side of a source, as the GOPROXY protocol has it (go.dev/ref/mod#goproxy-protocol). May be used from several
// threads at once. Code::kNotFound where the source does not have what is asked for.
class ZipSource {
 public:
  virtual ~ZipSource() = default;
  // The released versions of a path, ascending, without pseudo-versions.
  virtual Result<std::vector<std::string>> fetch_versions(const std::string& path) = 0;
  // What a version or another query stands for. A canonical version is answered with that version or not at all.
  virtual Result<source::VersionInfo> fetch_info(const std::string& path, const std::string& query) = 0;
  // The version that stands for a path which has no released ones.
  virtual Result<source::VersionInfo> fetch_latest(const std::string& path) = 0;
  // The bytes of the module's go.mod, at most module::kMaxGoMod.
  virtual Result<std::string> fetch_mod(const module::ModuleVersion& module) = 0;
  // Writes the bytes of the module's zip, at most module::kMaxZipFile, to the new file `destination`; after a
  // failure nothing is there. The bytes are not checked.
  virtual Result<void> fetch_zip(const module::ModuleVersion& module, const std::string& destination) = 0;
};

}  // namespace modtool::goproxy
