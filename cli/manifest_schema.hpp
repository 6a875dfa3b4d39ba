// The JSON schema of modtool.json, docs/modtool.schema.json, compiled in.
#pragma once

#include <string_view>

namespace modtool::cli {

std::string_view manifest_schema();

}  // namespace modtool::cli
