// The file of `mod download -reuse`: the JSON objects of an earlier `mod download -json`, one behind the other. What
// comes from a proxy is never reused (go.dev/ref/mod#go-mod-download), so that all there is to do is to read it.
#pragma once

#include <string_view>

#include "core/base/result.hpp"

namespace modtool::engine {

// Code::kJsonSyntax with the go command's words.
Result<void> check_reuse_file(std::string_view text);

}  // namespace modtool::engine
