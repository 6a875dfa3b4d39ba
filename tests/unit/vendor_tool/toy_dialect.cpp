#include <set>

#include "core/base/text.hpp"
#include "core/io/file_system.hpp"
#include "tests/unit/vendor_tool/toy_project.hpp"

namespace modtool::vendor_tool::test {
namespace {

using module::ModuleTree;
using module::ModuleVersion;

std::string directory_in(const ModuleVersion& module, const std::string& package) {
  return package == module.path ? "" : package.substr(module.path.size() + 1);
}

// The names of the files directly in a directory of a tree.
std::vector<std::string> files_in(const ModuleTree& tree, const std::string& directory) {
  std::vector<std::string> names;
  for (const auto& file : tree.list()) {
    const auto slash = file.name.rfind('/');
    const auto parent = slash == std::string::npos ? "" : file.name.substr(0, slash);
    if (parent == directory) names.push_back(file.name);
  }
  return names;
}

bool has_package(const ModuleTree& tree, const std::string& directory) {
  for (const auto& name : files_in(tree, directory)) {
    if (name.ends_with(".go")) return true;
  }
  return false;
}

class ToyAnalysis : public manifest::UsageAnalysis {
 public:
  ToyAnalysis(std::vector<std::string> imports, std::vector<ModuleVersion> build_list)
      : imports_(std::move(imports)), build_list_(std::move(build_list)) {}

  Result<manifest::Usage> analyse(const manifest::TreeOpener& open) override {
    std::map<ModuleVersion, std::set<std::string>> used;
    std::set<std::string> seen;
    for (auto queue = imports_; !queue.empty();) {
      const std::string package = queue.back();
      queue.pop_back();
      if (!seen.insert(package).second) continue;
      MODTOOL_TRY(const auto provider, provider_of(package, open));
      used[provider].insert(package);
      MODTOOL_TRY(const auto tree, open(provider));
      MODTOOL_CHECK(read_imports(*tree, directory_in(provider, package), queue));
    }
    manifest::Usage usage;
    for (const auto& [module, packages] : used) {
      MODTOOL_TRY(const auto tree, open(module));
      MODTOOL_TRY(auto selected, select(module, {packages.begin(), packages.end()}, *tree));
      usage.modules.push_back(std::move(selected));
    }
    return usage;
  }

  Result<manifest::ModuleUsage> select(const ModuleVersion& module, const std::vector<std::string>& packages,
                                       const ModuleTree& tree) override {
    std::set<std::string> files;
    manifest::ModuleUsage usage{.module = module, .packages = packages};
    for (const auto& package : packages) {
      const auto directory = directory_in(module, package);
      if (!has_package(tree, directory)) return fail(Code::kMissingPackage, "no package " + package);
      usage.directories.push_back(directory);
      for (const auto& name : files_in(tree, directory)) {
        if (name.ends_with("_test.go") || name == "go.mod") continue;
        MODTOOL_TRY(const auto bytes, tree.read(name));
        if (!bytes.starts_with("ignore")) files.insert(name);
      }
    }
    if (module::find_file(tree, "LICENSE") != nullptr) files.insert("LICENSE");
    usage.files.assign(files.begin(), files.end());
    return usage;
  }

 private:
  Result<ModuleVersion> provider_of(const std::string& package, const manifest::TreeOpener& open) const {
    std::vector<ModuleVersion> providers;
    for (const auto& module : build_list_) {
      if (!has_path_prefix(package, module.path)) continue;
      MODTOOL_TRY(const auto tree, open(module));
      if (has_package(*tree, directory_in(module, package))) providers.push_back(module);
    }
    if (providers.empty()) return fail(Code::kMissingModule, "no module provides package " + package);
    if (providers.size() > 1) return fail(Code::kAmbiguousImport, "ambiguous import " + package);
    return providers.front();
  }

  static Result<void> read_imports(const ModuleTree& tree, const std::string& directory,
                                   std::vector<std::string>& queue) {
    for (const auto& name : files_in(tree, directory)) {
      if (!name.ends_with(".go") || name.ends_with("_test.go")) continue;
      MODTOOL_TRY(const auto bytes, tree.read(name));
      if (bytes.starts_with("ignore")) continue;
      for (const auto line : split_lines(bytes)) {
        if (line.starts_with("import ")) queue.emplace_back(line.substr(7));
      }
    }
    return {};
  }

  std::vector<std::string> imports_;
  std::vector<ModuleVersion> build_list_;
};

}  // namespace

std::unique_ptr<manifest::UsageAnalysis> make_toy_analysis(std::vector<std::string> imports,
                                                           std::vector<ModuleVersion> build_list) {
  return std::make_unique<ToyAnalysis>(std::move(imports), std::move(build_list));
}

std::string toy_go_line(std::string_view manifest) {
  for (const auto line : split_lines(manifest)) {
    if (line.starts_with("go ")) return std::string(line.substr(3));
  }
  return {};
}

}  // namespace modtool::vendor_tool::test
