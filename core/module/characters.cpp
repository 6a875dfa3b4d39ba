#include "core/module/characters.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/base/ascii.hpp"
#include "core/base/utf8.hpp"
#include "core/module/path.hpp"
#include "core/module/unicode_tables.hpp"

namespace modtool::module {
namespace {

// The range that may hold the rune: the first that does not end before it.
template <class Range>
const Range* range_at(std::span<const Range> ranges, std::uint32_t rune) {
  const auto range = std::ranges::lower_bound(ranges, rune, {}, &Range::last);
  return range != ranges.end() && range->first <= rune ? &*range : nullptr;
}

bool is_folded_ascii(char c) { return static_cast<unsigned char>(c) < 0x80 && to_lower(c) == c; }

}  // namespace

bool is_letter(std::uint32_t rune) {
  if (rune < 0x80) return is_ascii_letter(static_cast<char>(rune));
  return range_at(letter_ranges(), rune) != nullptr;
}

std::uint32_t fold_rune(std::uint32_t rune) {
  if (rune < 0x80) return static_cast<std::uint32_t>(to_lower(static_cast<char>(rune)));
  const FoldRange* range = range_at(fold_ranges(), rune);
  if (range == nullptr || (rune - range->first) % range->stride != 0) return rune;
  return range->to + (rune - range->first);
}

std::string fold_case(std::string_view text) {
  if (std::ranges::all_of(text, is_folded_ascii)) return std::string(text);
  std::string folded;
  while (!text.empty()) {
    const Rune rune = decode_rune(text);
    append_rune(folded, fold_rune(rune.value));
    text.remove_prefix(rune.size);
  }
  return folded;
}

}  // namespace modtool::module
