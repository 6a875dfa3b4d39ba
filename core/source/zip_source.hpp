// What a source must be able to do so that a module cache can stand before it: give the module's zip, not only a tree.
#pragma once

#include <string>

#include "core/source/module_source.hpp"

namespace modtool::source {

// The raw side of a source, as the GOPROXY protocol has it (go.dev/ref/mod#goproxy-protocol).
class ZipSource {
 public:
  virtual ~ZipSource() = default;
  // The version list's text, one version a line.
  virtual Result<std::string> fetch_list(const std::string& path) = 0;
  // The bytes of `.info`, `.mod` and `@latest`.
  virtual Result<std::string> fetch_info(const std::string& path, const std::string& version) = 0;
  virtual Result<std::string> fetch_latest(const std::string& path) = 0;
  virtual Result<std::string> fetch_mod(const module::ModuleVersion& module) = 0;
  // Writes the bytes of the module's zip to a new file at `destination`.
  virtual Result<void> fetch_zip(const module::ModuleVersion& module, const std::string& destination) = 0;
};

}  // namespace modtool::source
