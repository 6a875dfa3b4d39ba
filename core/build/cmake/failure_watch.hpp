// What cmake, ninja and make print of a failure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/build/build_plan.hpp"
#include "core/build/tool_output.hpp"

namespace modtool::build {

// The module among whose files a path is, or nullptr: a path as CMake tells it, absolute or from the project's root.
const PlannedModule* module_at(std::string_view path, const BuildPlan& plan);

// Looks at what cmake, ninja and make print for the first library whose targets failed.
class FailureWatch {
 public:
  explicit FailureWatch(const BuildPlan& plan) : plan_(plan) {}
  // Pieces of output, as they come.
  void see(std::string_view bytes);
  // The library, or nullptr: none, or the project itself.
  const PlannedModule* culprit() const { return culprit_; }
  // Whether CMake said that the project exports a target that links one that is not exported.
  bool exports_too_little() const { return exports_too_little_; }
  // The package without a find module that CMake asked for in vain, and could not do without; empty: none.
  const std::string& missing() const { return missing_; }
  // What CMake's first error says, its lines joined by blanks; empty: it said none.
  const std::string& error() const { return error_; }
  // The target ("fmt::core") that CMake's first error is about, since it is not there; empty: it is about something
  // else.
  std::string missing_target() const;
  // A target that was made twice, if CMake's first error is about one; else its name is empty.
  struct TakenTarget {
    std::string name;
    std::string directory;  // where it was made first; empty: CMake does not say
  };
  TakenTarget taken_target() const;
  // The file that include() did not find ("Catch"), if CMake's first error is about one; else empty.
  std::string missing_include() const;
  // The package that CMake's first error says is needed and disabled; else empty.
  std::string disabled_package() const;
  // The file with the outermost call of CMake's first error, absolute or from the project's root; empty: CMake told
  // none.
  const std::string& place() const { return place_; }

 private:
  void see_line(std::string_view line);
  void see_error_line(std::string_view line);
  void see_place(std::string_view line);

  const BuildPlan& plan_;
  LineReader lines_;
  const PlannedModule* culprit_ = nullptr;
  bool exports_too_little_ = false;
  bool is_error_ = false;  // what CMake tells now
  std::string missing_;
  std::string error_;       // the first one's lines, joined by blanks
  std::string place_;       // the file of the last of its calls
  std::size_t errors_ = 0;  // so far
};

}  // namespace modtool::build
