// JSON as the go command prints it (encoding/json, MarshalIndent): tabs, and the characters escaped that mean something
// in HTML.
#pragma once

#include <string>

#include "core/base/json.hpp"

namespace modtool::cli {

// A text, or an object of texts and such objects. Without a line end.
std::string format_go_json(const json::Value& value);

}  // namespace modtool::cli
