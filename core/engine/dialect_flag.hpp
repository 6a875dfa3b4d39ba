// Fixes of what fails in a directory that holds projects of several dialects.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace modtool::engine {

// The result, and where it is an error its fix is for the project of that dialect; "" says none.
template <class T>
Result<T> naming_dialect(Result<T> result, const std::string& dialect) {
  if (!result) result.error().fix = result.error().fix.naming(dialect);
  return result;
}

}  // namespace modtool::engine
