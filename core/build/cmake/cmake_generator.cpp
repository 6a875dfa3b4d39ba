#include "core/build/cmake/cmake_generator.hpp"

namespace modtool::build {

Result<Step> with_generator(Step step, const std::string& build_directory, const BuildRequest& request,
                            const Runner& runner, const io::FileReader& files) {
  const bool is_chosen =
      !request.generator.empty() || !request.preset.empty() || !runner.variable("CMAKE_GENERATOR").empty();
  MODTOOL_TRY(const auto cache, files.stat(io::join_path(build_directory, "CMakeCache.txt")).if_there());
  if (!cache && !is_chosen && runner.has_program("ninja"))
    step.arguments.insert(step.arguments.begin(), {"-G", "Ninja"});
  return step;
}

}  // namespace modtool::build
