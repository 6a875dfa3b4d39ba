#include "core/engine/vendored_modules.hpp"

#include <algorithm>

#include "core/module/pruned_tree.hpp"
#include "core/source/directory_tree.hpp"

namespace modtool::engine {
namespace {

using manifest::Summary;
using manifest::Tree;
using manifest::VendoredModule;
using module::ModuleVersion;

manifest::ModulesTxt read_index(const io::FileReader& files, const std::string& directory) {
  constexpr std::string_view kName = "modules.txt";
  const auto text = files.read_beneath(directory, std::string(kName)).required();
  auto index = text ? manifest::parse_modules_txt(*text, std::string(kName)) : fail(text.error());
  return index ? std::move(*index) : manifest::ModulesTxt();
}

}  // namespace

VendoredModules::VendoredModules(manifest::Modules& inner, const io::FileReader& files, const project::Project& project)
    : ModulesDecorator(inner),
      files_(files),
      directory_(project.vendor_directory()),
      index_(read_index(files, directory_)) {}

Result<Summary> VendoredModules::summary(const ModuleVersion& module) {
  auto known = inner().summary(module);
  const auto* line = vendored(module);
  if (known || known.error().code != Code::kOffline || line == nullptr) return known;
  return Summary{.path = module.path, .language = line->go};
}

Result<Tree> VendoredModules::tree(const ModuleVersion& module) {
  auto known = inner().tree(module);
  const auto* line = vendored(module);
  if (known || known.error().code != Code::kOffline || line == nullptr) return known;
  return vendored_tree(*line);
}

const VendoredModule* VendoredModules::vendored(const ModuleVersion& module) const {
  const auto found = std::ranges::find(index_.modules, module, &VendoredModule::module);
  return found != index_.modules.end() && found->stand_in() == stand_in(module) ? &*found : nullptr;
}

Result<Tree> VendoredModules::vendored_tree(const VendoredModule& vendored) const {
  if (vendored.packages.empty()) return module::make_memory_tree({});
  std::vector<ModuleVersion> used;
  for (const auto& other : index_.modules) {
    if (!other.packages.empty()) used.push_back(other.module);
  }
  const std::string& path = vendored.module.path;
  MODTOOL_TRY(Tree tree, source::open_directory_tree(files_, io::join_path(directory_, path), {}));
  return module::prune_tree(std::move(tree), module::nested_modules(path, used));
}

}  // namespace modtool::engine
