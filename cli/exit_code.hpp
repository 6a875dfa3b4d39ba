// The one place where error codes become exit statuses.
#pragma once

#include "core/base/error_code.hpp"

namespace modtool::cli {

inline constexpr int kSuccess = 0;
inline constexpr int kDifferences = 1;  // a check found differences; the drop-in face's only failure but usage
inline constexpr int kUsage = 2;

// 2 usage · 3 manifest or resolution · 4 integrity · 5 network · 6 build · 7 policy · 70 internal or the machine ·
// 124 time-out · 130 interrupted · 143 terminated.
int exit_code_of(Code code);

}  // namespace modtool::cli
