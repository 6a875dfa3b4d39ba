// Opening what lies beneath a directory without following a symbolic link on the way. For the sources of this layer.
#pragma once

#include <string>

#include "core/io/system_call.hpp"

namespace modtool::io {

enum class BeneathMethod {
  kKernel,      // openat2 (Linux 5.6), and by components where it is missing or forbidden
  kComponents,  // one openat for each component
};

// Opens `root/relative` with `flags` (those of open(2)). Neither the last component of `root` nor any component of
// `relative` may be a symbolic link (Code::kSymbolicLink); `relative` may not lead out of `root`.
Result<Descriptor> open_beneath(const std::string& root, const std::string& relative, int flags,
                                BeneathMethod method = BeneathMethod::kKernel);

}  // namespace modtool::io
