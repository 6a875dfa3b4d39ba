// Errors as people read them.
#pragma once

#include <string>

#include "core/base/error.hpp"

namespace modtool::cli {

// modtool's own face: code, what and where, the chain, the fix.
//
//     error[MT4001]: go.sum:12: checksum mismatch
//       while verifying a@v1.0.0
//       fix: go mod download a@v1.0.0        explain: modtool explain MT4001
std::string render_error(const Error& error);

// For machines: {"schema": 1, "error": {code, message, and where it is known "where", "fix", "fix_words", "problems",
// "attempts"}}.
std::string render_error_json(const Error& error);

// As the go command words it, with its `go: ` in front.
std::string render_go_error(const Error& error);

}  // namespace modtool::cli
