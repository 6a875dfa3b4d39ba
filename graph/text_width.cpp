#include "graph/text_width.hpp"

#include <array>

namespace modtool::graph {

namespace {

// Thousandths of the size, from the space to the tilde.
using Metrics = std::array<std::uint16_t, 95>;

constexpr Metrics kNormal{278,  278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
                          556,  556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
                          1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
                          667,  778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
                          333,  556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
                          556,  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};

constexpr Metrics kBold{278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
                        556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
                        611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
                        667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
                        278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584};

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80; }

unsigned thousandths(char byte, const Metrics& metrics) {
  if (byte >= ' ' && byte <= '~') return metrics[static_cast<std::size_t>(byte - ' ')];
  return is_continuation(byte) ? 0 : 1000;
}

}  // namespace

double text_width(std::string_view text, double size, Weight weight) {
  const auto& metrics = weight == Weight::kBold ? kBold : kNormal;
  unsigned total = 0;
  for (const char byte : text) total += thousandths(byte, metrics);
  return total * size / 1000;
}

}  // namespace modtool::graph
