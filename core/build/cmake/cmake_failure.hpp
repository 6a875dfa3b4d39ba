// Why a CMake build failed: whose fault it was, from what the provider noted and from what the build tool printed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/build/build_plan.hpp"
#include "core/build/tool_output.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

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
  // The target ("fmt::core") that CMake's first error is about, since it is not there; empty: it is about something
  // else.
  std::string missing_target() const;

 private:
  void see_line(std::string_view line);
  void see_error_line(std::string_view line);

  const BuildPlan& plan_;
  LineReader lines_;
  const PlannedModule* culprit_ = nullptr;
  bool exports_too_little_ = false;
  bool is_error_ = false;  // what CMake tells now
  std::string missing_;
  std::string error_;       // the first one's lines, joined by blanks
  std::size_t errors_ = 0;  // so far
};

// Removes what an earlier configuration left of its failure: CMake may fail before the provider does so.
Result<void> forget_failure(io::FileSystem& files, const std::string& build_directory);

// The error of a configuration that ended with `status`: what the provider refused (kPackageMissing, kPackageVersion,
// kBadRecipe), a library whose own CMakeLists.txt failed (kDependencyFailed), a package that nobody provides
// (kPackageMissing), or the project's own (kBuildFailed).
Error configure_failure(const io::FileReader& files, const std::string& build_directory, const BuildPlan& plan,
                        const FailureWatch& watch, int status);

// The error of a library that did not get through `what`: "configuring", "building".
Error dependency_failure(const PlannedModule& module, std::string_view what, int status);

// The error of a build that ended with `status`.
Error build_failure(const FailureWatch& watch, int status);

}  // namespace modtool::build
