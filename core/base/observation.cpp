#include "core/base/observation.hpp"

#include <algorithm>
#include <iterator>

namespace modtool {

Observation observe(Grade grade, Error error) {
  Observation seen{.grade = grade, .message = {}, .code = error.code};
  seen.where = std::exchange(error.where, {});
  seen.fix = std::move(error.fix);
  for (const auto& attempt : error.attempts) seen.details.push_back(to_line(attempt));
  std::ranges::move(error.notes, std::back_inserter(seen.details));
  seen.message = to_line(error);
  return seen;
}

}  // namespace modtool
