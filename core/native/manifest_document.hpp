// The text of modtool.json, for edits. What is more than entries of it (a merge, say) edits it as a JsonDocument.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/manifest/manifest_document.hpp"
#include "core/native/json_document.hpp"

namespace modtool::native {

// The order in which the keys of modtool.json are written.
const std::vector<std::string_view>& manifest_key_order();

// Code::kConflictMarker, kJsonSyntax, kManifestField where the text is no object. `file` is for messages.
Result<JsonDocument> parse_manifest_json(std::string text, const std::string& file);
Result<std::unique_ptr<manifest::ManifestDocument>> parse_manifest_document(std::string text, const std::string& file);

// The manifest of a project that starts.
std::string new_manifest(const std::string& path);

}  // namespace modtool::native
