// Reading what build tools print.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace modtool::build {

// Lines out of pieces of output. Of a line that is overly long the beginning counts.
class LineReader {
 public:
  // Calls `take` for each line that is whole now, without its end.
  void see(std::string_view bytes, const std::function<void(std::string_view)>& take);

 private:
  std::string line_;  // its beginning, where the end has not come yet
};

// What ninja and make say of a target that failed; empty for any other line. Of ninja it is the target's first output.
std::string_view failed_target(std::string_view line);

}  // namespace modtool::build
