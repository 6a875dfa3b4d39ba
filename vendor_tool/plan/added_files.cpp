#include "vendor_tool/plan/added_files.hpp"

#include <algorithm>
#include <set>

#include "core/base/glob.hpp"
#include "core/base/text.hpp"
#include "core/io/file_system.hpp"
#include "core/module/path.hpp"
#include "core/module/pruned_tree.hpp"
#include "core/module/version_control.hpp"

namespace modtool::vendor_tool {
namespace {

std::vector<std::string> elements_of(std::string_view path) {
  std::vector<std::string> elements;
  for (const auto element : split(path, '/')) elements.emplace_back(element);
  return elements;
}

class FileAdder {
 public:
  FileAdder(const VendorRequest& request, const std::vector<std::string>& globs,
            const manifest::UsageAnalysis& analysis)
      : globs_(globs.begin(), globs.end()), analysis_(analysis) {
    for (const auto& module : request.modules) {
      modules_.push_back(module.index.module);
      for (const auto& package : module.index.packages) packages_.insert(module::fold_case(package));
    }
  }

  std::vector<std::string> added_of(const RequestedModule& module, const module::ModuleTree& tree) const {
    const std::string& path = module.index.module.path;
    const auto nested = module::nested_modules(path, modules_);
    std::vector<std::string> added;
    for (const auto& file : tree.list()) {
      const bool is_vendored = std::ranges::binary_search(module.files, file.name);
      const bool may_be = !is_vendored && is_ordinary(file) && !module::is_below_any(file.name, nested);
      if (may_be && is_named(destination_of(path, file.name))) added.push_back(file.name);
    }
    return added;
  }

 private:
  bool is_ordinary(const module::TreeFile& file) const {
    const bool is_link = file.is_link || file.linked_directory > 0;
    return !is_link && !module::instructs_git(file.name) && analysis_.may_add(file.name);
  }

  // Whether a glob names it, and it lies in no package's directory.
  bool is_named(const std::string& destination) const {
    const auto names = [&](const DestinationGlob& glob) { return glob.matches(destination); };
    return std::ranges::any_of(globs_, names) && !packages_.contains(module::fold_case(io::directory_of(destination)));
  }

  std::vector<DestinationGlob> globs_;
  const manifest::UsageAnalysis& analysis_;
  std::vector<module::ModuleVersion> modules_;
  std::set<std::string> packages_;  // their directories in vendor/, folded
};

}  // namespace

DestinationGlob::DestinationGlob(std::string_view glob) : elements_(elements_of(glob)) {}

bool DestinationGlob::matches(std::string_view destination) const {
  return match_elements(elements_, elements_of(destination));
}

void add_files(VendorRequest& request, const VendorTrees& trees, const std::vector<std::string>& globs,
               const manifest::UsageAnalysis& analysis) {
  if (globs.empty()) return;
  const FileAdder adder(request, globs, analysis);
  for (std::size_t i = 0; i < request.modules.size(); ++i) {
    if (trees[i] != nullptr) request.modules[i].added = adder.added_of(request.modules[i], *trees[i]);
  }
}

}  // namespace modtool::vendor_tool
