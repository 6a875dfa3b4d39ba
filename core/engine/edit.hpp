// `edit` and `replace`: the manifest changed as it is asked for, and nothing resolved.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/engine/context.hpp"
#include "core/manifest/manifest_document.hpp"
#include "core/module/module_version.hpp"

namespace modtool::engine {

using DocumentEdit = std::function<Result<void>(manifest::ManifestDocument&)>;

struct EditOptions {
  std::vector<DocumentEdit> edits;  // applied in order
  std::vector<std::string> for_go;  // the same as flags of `go mod edit`
  bool write = true;
};

struct EditReport {
  std::string manifest_name;
  std::string text;  // of the manifest, after the edits
  std::string diff;
  bool changed = false;
};

// What comes out must be a manifest again, or nothing is written.
Result<EditReport> edit_manifest(const Context& context, const EditOptions& options);

struct ReplaceOptions {
  module::ModuleVersion from;
  std::string with;  // a directory, from the current one on, or "path@version"; empty: the replacement is dropped
  bool dry_run = false;
};

// Code::kReplacementMissing where there is no such directory.
Result<EditReport> replace_module(const Context& context, const ReplaceOptions& options);

}  // namespace modtool::engine
