// Looks at what build tools print for a program that may not write where it wants to.
#pragma once

#include <string>
#include <string_view>

#include "core/build/build_plan.hpp"
#include "core/build/tool_output.hpp"

namespace modtool::build {

class WriteWatch {
 public:
  // Pieces of output, as they come. The first refusal counts.
  void see(std::string_view bytes);
  bool was_refused() const { return left_ < kLinesAround; }
  // The module whose directory is named around the refusal; nullptr where none is. `root` is the project's.
  const PlannedModule* find_module(const BuildPlan& plan, const std::string& root) const;

 private:
  static constexpr int kLinesAround = 6;

  void see_line(std::string_view line);

  LineReader lines_;
  std::string around_;       // the refusal, and what is around it, without line ends: CMake breaks its lines
  int left_ = kLinesAround;  // of the lines behind it
};

}  // namespace modtool::build
