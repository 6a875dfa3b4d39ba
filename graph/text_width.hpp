// How wide text is, without a font at hand: by the metrics of Helvetica, which Arial, Liberation Sans and Nimbus Sans
// share. Pictures say how wide each text is to be, so that a viewer with other fonts makes it fit.
#pragma once

#include <cstdint>
#include <string_view>

namespace modtool::graph {

enum class Weight : std::uint8_t { kNormal, kBold };

// In the unit of `size`. A character outside ASCII counts as wide as the size.
double text_width(std::string_view text, double size, Weight weight);

}  // namespace modtool::graph
