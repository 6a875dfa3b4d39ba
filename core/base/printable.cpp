#include "core/base/printable.hpp"

#include <algorithm>
#include <iterator>

namespace modtool {
namespace {

struct RuneRange {
  std::uint32_t first;
  std::uint32_t last;
};

// Ascending; ASCII is left out.
constexpr RuneRange kPrintable[] = {
#include "core/base/printable_ranges.inc"
};

}  // namespace

bool is_printable(std::uint32_t rune) {
  if (rune < 0x80) return rune >= 0x20 && rune < 0x7F;
  const auto range = std::ranges::lower_bound(kPrintable, rune, {}, &RuneRange::last);
  return range != std::end(kPrintable) && range->first <= rune;
}

}  // namespace modtool
