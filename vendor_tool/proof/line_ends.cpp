#include "vendor_tool/proof/line_ends.hpp"

#include <string>

namespace modtool::vendor_tool {
namespace {

std::string with_line_ends(std::string_view bytes, std::string_view line_end) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const bool before_feed = bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n';
    if (before_feed) continue;
    if (bytes[i] == '\n') {
      text += line_end;
    } else {
      text += bytes[i];
    }
  }
  return text;
}

}  // namespace

bool differs_in_line_ends(std::string_view bytes, const Sha256Digest& expected) {
  return sha256(with_line_ends(bytes, "\n")) == expected || sha256(with_line_ends(bytes, "\r\n")) == expected;
}

}  // namespace modtool::vendor_tool
