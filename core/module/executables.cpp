#include "core/module/executables.hpp"

#include "core/base/sha256.hpp"

namespace modtool::module {

std::vector<std::string> executable_names(const ModuleTree& tree) {
  std::vector<std::string> names;
  for (const auto& file : tree.list()) {
    if (file.executable) names.push_back(file.name);
  }
  return names;
}

std::string hash_of_executables(const std::vector<std::string>& names) {
  if (names.empty()) return {};
  std::string lines;
  for (const auto& name : names) lines += name + "\n";
  return "sha256:" + to_hex(sha256(lines));
}

}  // namespace modtool::module
