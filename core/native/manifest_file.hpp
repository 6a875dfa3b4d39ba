// modtool.json, the manifest of the native dialect. docs/formats.md has the format, modtool.schema.json its JSON
// schema.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/manifest/manifest.hpp"

namespace modtool::native {

// The root's manifest: every problem of the file at once, each with its line, column and field path. Code::kJsonSyntax,
// kConflictMarker, or the code of the first problem (kManifestField, kBadModulePath, kBadVersion, kNotSupported).
// `version` is that of this modtool ("0.1.0"): a manifest may ask for a newer one. `file` is for messages.
Result<manifest::Manifest> parse_manifest(std::string_view text, const std::string& file, std::string_view version);

// A dependency's: only its module, require, retract and deprecated count, and keys that a newer modtool may know are
// passed over.
Result<manifest::Manifest> parse_dependency(std::string_view text, const std::string& file, std::string_view version);

// Whether a version is one that files hold: vX.Y.Z or vX.Y.Z-pre. Code::kBadVersion.
Result<void> check_canonical(std::string_view version);

}  // namespace modtool::native
