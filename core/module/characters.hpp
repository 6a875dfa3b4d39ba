// Classes of Unicode characters that the rules for names ask for.
#pragma once

#include <cstdint>

namespace modtool::module {

// Unicode's categories L*.
bool is_letter(std::uint32_t rune);

// The rune that stands for all that differ from it in case only.
std::uint32_t fold_rune(std::uint32_t rune);

}  // namespace modtool::module
