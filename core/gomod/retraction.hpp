// The versions of a retract directive: "v1.2.3" or "[v1.2.3, v1.4.0]".
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/gomod/directives.hpp"

namespace modtool::gomod {

struct VersionInterval {
  std::string low;
  std::string high;
};

using VersionReader = std::function<Result<std::string>(std::string_view& word)>;

// Takes an interval off the front of the arguments; what follows it stays there.
Result<VersionInterval> read_interval(Arguments& arguments, const VersionReader& read_version);

}  // namespace modtool::gomod
