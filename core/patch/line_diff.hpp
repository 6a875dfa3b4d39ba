// Which lines of a text differ from the expected ones.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/sha256.hpp"

namespace modtool::patch {

// One line that is wrong: present and unexpected, absent and expected, or (both set) another than expected.
struct LineDifference {
  int line = 0;  // in the actual text, from 1; for an absent line, of the line before which it belongs
  std::string_view expected;
  std::string_view actual;
  bool is_absent = false;      // only `expected` is meaningful
  bool is_unexpected = false;  // only `actual` is meaningful
};

// The differences in the order of the actual text, few where the texts are much alike. Lines end in line feeds, and a
// missing one at the end counts as a difference. The views are into the arguments.
std::vector<LineDifference> diff_lines(std::string_view expected, std::string_view actual);

// Whether the bytes would have the hash if all their line ends were "\n", or all "\r\n": version control changed them.
bool differs_in_line_ends(std::string_view bytes, const Sha256Digest& expected);

}  // namespace modtool::patch
