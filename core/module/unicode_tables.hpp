// The facts about Unicode that names of files need: which runes are letters and which fold to which, as the go command
// has them. ASCII is left out. The tables are generated (tests/support/generate_unicode_tables.go).
#pragma once

#include <cstdint>
#include <span>

namespace modtool::module {

struct RuneRange {
  std::uint32_t first;
  std::uint32_t last;
};

// first, first + stride … last fold to `to`, to + stride …
struct FoldRange {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t stride;
  std::uint32_t to;
};

// Both ascending.
std::span<const RuneRange> letter_ranges();
std::span<const FoldRange> fold_ranges();

}  // namespace modtool::module
