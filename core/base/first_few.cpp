#include "core/base/first_few.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"

namespace modtool {

std::string first_few(const std::vector<std::string>& names, std::size_t most) {
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), most));
  const std::string more = names.size() > most ? fmt::format(" and {} more", names.size() - most) : "";
  return join({names.begin(), end}, ", ") + more;
}

}  // namespace modtool
