#include "core/packages/go_string.hpp"

namespace modtool::packages {

std::size_t go_string_length(std::string_view text) {
  if (text.starts_with('`')) {
    const auto end = text.find('`', 1);
    return end == std::string_view::npos ? 0 : end + 1;
  }
  if (!text.starts_with('"')) return 0;
  for (std::size_t i = 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\') ++i;
  }
  return 0;
}

}  // namespace modtool::packages
