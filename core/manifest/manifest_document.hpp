// A manifest as its text, for edits: comments, order and layout stay as they are but for what an edit changes. Values
// are not judged here: whoever edits parses the text that comes of it (Dialect::parse_manifest) before it is written.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/module/module_version.hpp"

namespace modtool::manifest {

// An edit that would change nothing leaves the text byte for byte; so does one that fails. Removing what is not there
// is fine. Code::kManifestField where the text has something else in the place.
class ManifestDocument {
 public:
  virtual ~ManifestDocument() = default;

  virtual const std::string& text() const = 0;

  // Adds a requirement or changes its version. `group` is one of the root's groups; empty: the project's own.
  virtual Result<void> set_requirement(const module::ModuleVersion& module, const std::string& group) = 0;
  virtual Result<void> drop_requirement(const std::string& path, const std::string& group) = 0;

  // `from` and `to` as in Replacement: without a version, every version and a directory.
  virtual Result<void> set_replacement(const module::ModuleVersion& from, const module::ModuleVersion& to) = 0;
  virtual Result<void> drop_replacement(const module::ModuleVersion& from) = 0;

  virtual Result<void> add_exclusion(const module::ModuleVersion& module) = 0;
  virtual Result<void> drop_exclusion(const module::ModuleVersion& module) = 0;

  // The least version of the one compatibility class that is accepted for a path.
  virtual Result<void> set_major(const module::ModuleVersion& least) = 0;
  virtual Result<void> drop_major(const std::string& path) = 0;

  // What is described of a path, in the dialect's own notation.
  virtual Result<void> set_description(const std::string& path, const std::string& description) = 0;
  virtual Result<void> drop_description(const std::string& path) = 0;
};

}  // namespace modtool::manifest
