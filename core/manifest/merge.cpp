#include "core/manifest/merge.hpp"

#include <fmt/format.h>

#include "core/base/three_way.hpp"
#include "core/module/semver.hpp"

namespace modtool::manifest {

const std::string_view* trivial_merge(const MergeInput& input) {
  return merge_value(input.base, input.ours, input.theirs);
}

bool are_opposed(std::string_view base, std::string_view ours, std::string_view theirs) {
  const int our_way = module::compare_versions(ours, base);
  const int their_way = module::compare_versions(theirs, base);
  return (our_way < 0 && their_way > 0) || (our_way > 0 && their_way < 0);
}

std::string conflict_text(std::string_view ours, std::string_view theirs) {
  return fmt::format("{}\n{}=======\n{}>>>>>>> theirs\n", kOurMark, ours, theirs);
}

std::string side_name(const MergeInput& input, std::string_view side) {
  return fmt::format("{} ({})", input.name, side);
}

}  // namespace modtool::manifest
