// Why a CMake build failed: whose fault it was, from what the provider noted and from what the build tool printed.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/build/build_tool.hpp"
#include "core/build/cmake/failure_watch.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

// Removes what an earlier configuration left of its failure: CMake may fail before the provider does so.
Result<void> forget_failure(io::FileSystem& files, const std::string& build_directory);

// The error of a configuration that ended with `status`: what the provider refused (kPackageMissing, kPackageVersion,
// kBadRecipe), two that make one target or a CMake module that a library keeps to itself (kBadRecipe), a library whose
// own CMakeLists.txt failed (kDependencyFailed), a package that nobody provides (kPackageMissing), or the project's own
// (kBuildFailed).
Error configure_failure(const io::FileReader& files, const std::string& build_directory, const BuildRequest& request,
                        const FailureWatch& watch, int status);

// The error of a library that did not get through `what`: "configuring", "building".
Error dependency_failure(const PlannedModule& module, std::string_view what, int status);

// The error of a build that ended with `status`.
Error build_failure(const FailureWatch& watch, int status);

}  // namespace modtool::build
