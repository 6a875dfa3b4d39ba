// Lists of words with quotation marks, as Go's settings have them (cmd/internal/quoted).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool {

// The words between blanks; one that begins with ' or " reaches to the next one of these, and nothing is escaped.
// Code::kBadSetting with Go's words where that is missing.
Result<std::vector<std::string>> split_quoted_words(std::string_view text);

}  // namespace modtool
