#include "core/packages/module_sources.hpp"

namespace modtool::packages {

bool is_source_name(std::string_view base_name) {
  return base_name.ends_with(".go") && !base_name.starts_with('_') && !base_name.starts_with('.');
}

bool is_test_name(std::string_view base_name) { return base_name.ends_with("_test.go"); }

Result<std::vector<std::string>> TreeSources::go_files(std::string_view directory) const {
  std::vector<std::string> names;
  for (auto at = directory; !at.empty(); at = parent_of(at)) {
    if (module_->has_file(join_name(at, "go.mod"))) return names;
  }
  for (const auto name : module_->directories().files_in(directory)) {
    if (is_source_name(name)) names.emplace_back(name);
  }
  // Go finds no package there, and does not take that for an answer.
  const auto* dangling = names.empty() ? module_->dangling_in(directory) : nullptr;
  if (dangling != nullptr) return fail(dangling->problem);
  return names;
}

}  // namespace modtool::packages
