#include "core/manifest/merge.hpp"

#include <fmt/format.h>

#include "core/base/three_way.hpp"

namespace modtool::manifest {

const std::string_view* trivial_merge(const MergeInput& input) {
  return merge_value(input.base, input.ours, input.theirs);
}

std::string conflict_text(std::string_view ours, std::string_view theirs) {
  return fmt::format("{}\n{}=======\n{}>>>>>>> theirs\n", kOurMark, ours, theirs);
}

std::string side_name(const MergeInput& input, std::string_view side) {
  return fmt::format("{} ({})", input.name, side);
}

}  // namespace modtool::manifest
