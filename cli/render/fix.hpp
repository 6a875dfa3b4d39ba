// A fix as JSON has it.
#pragma once

#include "core/base/fix.hpp"
#include "core/base/json_writer.hpp"

namespace modtool::cli {

// "fix", the line for a shell, and "fix_words", the same as a program and its arguments; nothing where there is none.
void add_fix(json::Value& record, const Fix& fix);

}  // namespace modtool::cli
