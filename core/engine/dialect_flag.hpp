// Commands for people to type, in a directory that holds projects of several dialects.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool::engine {

// The text with `--dialect=NAME` behind every `modtool VERB` in it; as it is where no dialect is named.
std::string with_dialect(std::string_view text, const std::string& dialect);

// The result, and where it is an error the command that it suggests names the dialect.
template <class T>
Result<T> naming_dialect(Result<T> result, const std::string& dialect) {
  if (!result) result.error().hint = with_dialect(result.error().hint, dialect);
  return result;
}

}  // namespace modtool::engine
