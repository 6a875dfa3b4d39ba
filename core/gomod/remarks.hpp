// What comments of go.mod mean: `// indirect`, the rationale of a retraction, a module's deprecation.
#pragma once

#include <string>
#include <string_view>

#include "core/gomod/syntax.hpp"

namespace modtool::gomod {

// Whether the line's first suffix comment is "// indirect" or starts with "// indirect;".
bool is_indirect(const Line& line);

// The comments of a line without their slashes, a line each; those of its block (nullptr: it is in none) where the
// line has none of its own.
std::string directive_comment(const Block* block, const Line& line);

// The message of the first paragraph that starts with "Deprecated:"; empty where there is none.
std::string deprecation_in(std::string_view comment);

}  // namespace modtool::gomod
