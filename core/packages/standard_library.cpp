#include "core/packages/standard_library.hpp"

#include <algorithm>

#include "core/packages/standard_library_table.hpp"

namespace modtool::packages {

bool is_standard_package(std::string_view import_path) {
  return std::ranges::binary_search(standard_packages(), import_path);
}

bool looks_standard(std::string_view import_path) {
  return !import_path.substr(0, import_path.find('/')).contains('.');
}

}  // namespace modtool::packages
