// Which file a target of a configured CMake build is, by CMake's file API (version 1, codemodel 2).
#pragma once

#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

// Asks CMake to tell, when it configures next: a file in the build directory.
Result<void> ask_for_programs(io::FileSystem& files, const std::string& build_directory);

// What CMake tells of each target (of its first configuration): objects of the kind "target", in CMake's order.
Result<std::vector<json::Value>> read_targets(const io::FileReader& files, const std::string& build_directory);

// The program that a target builds, as an absolute path. Code::kNoSuchTarget with the names there are.
Result<std::string> find_target_program(const io::FileReader& files, const std::string& build_directory,
                                        const std::string& target);

}  // namespace modtool::build
