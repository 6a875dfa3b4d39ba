// The generator of a build directory that nobody chose one for.
#pragma once

#include <string>

#include "core/build/build_tool.hpp"

namespace modtool::build {

// The step that configures `build_directory`, with Ninja where that is there and the directory is new.
Result<Step> with_generator(Step step, const std::string& build_directory, const BuildRequest& request,
                            const Runner& runner, const io::FileReader& files);

}  // namespace modtool::build
