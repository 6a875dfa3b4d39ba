#include "core/packages/package_loader.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "core/packages/main_module.hpp"
#include "core/packages/provider.hpp"
#include "core/packages/requirement_check.hpp"

namespace modtool::packages {
namespace {

// Walks the imports level by level: the packages of one level are found and read side by side, then their imports are
// numbered in order, which makes the next level.
class PackageLoader {
 public:
  PackageLoader(const PackageRequest& request, manifest::Modules& modules, TreeCache& trees, WorkerPool& pool)
      : request_(request),
        modules_(modules),
        pool_(pool),
        mains_(open_mains(request)),
        versions_(request, modules),
        search_(request, modules, versions_, trees, sources_of(mains_)) {}

  Result<PackageGraph> load() {
    if (!request_.roots.prunes) MODTOOL_CHECK(versions_.build_list());
    MODTOOL_CHECK(add_roots());
    for (std::size_t begin = 0; begin < packages().size();) {
      const std::size_t end = packages().size();
      MODTOOL_CHECK(pool_.for_each(end - begin, [&](std::size_t i) { return load_package(begin + i); }));
      for (; begin < end; ++begin) add_imports(begin);
    }
    check_requirements(request_, modules_, versions_, graph_);
    return std::move(graph_);
  }

 private:
  // The imports of a package before they are numbered.
  struct Loaded {
    std::vector<std::string> imports;
    std::vector<std::string> test_imports;
  };

  std::vector<Package>& packages() { return graph_.packages; }

  using Mains = std::map<std::string, std::shared_ptr<const MainModule>>;

  static Mains open_mains(const PackageRequest& request) {
    Mains mains;
    for (const auto& main : request.mains) {
      mains.emplace(main.path, std::make_shared<const MainModule>(*request.files, main.root));
    }
    return mains;
  }

  static SourcesByPath sources_of(const Mains& mains) { return {mains.begin(), mains.end()}; }

  Result<void> add_roots() {
    std::set<std::string> roots;
    std::set<std::string> tools;
    for (const auto& main : request_.mains) {
      MODTOOL_CHECK(scan_main(main, roots));
      tools.insert(main.tools.begin(), main.tools.end());
    }
    for (const auto& path : roots) add_package(path, kNoPackage);
    for (const auto& path : tools) add_package(path, kNoPackage);
    return {};
  }

  // Reads the packages of a main module side by side; `roots` gets their paths.
  Result<void> scan_main(const MainSources& main, std::set<std::string>& roots) {
    const MainModule& sources = *mains_.at(main.path);
    MODTOOL_TRY(const auto directories, sources.find_packages(main.ignore));
    std::vector<Result<PackageScan>> scans(directories.size());
    MODTOOL_CHECK(pool_.for_each(directories.size(), [&](std::size_t i) -> Result<void> {
      scans[i] = scan_package(sources, directories[i], Tests::kRead);
      return {};
    }));
    for (std::size_t i = 0; i < directories.size(); ++i) {
      const std::string path = path_in(main.path, directories[i]);
      if (!scans[i] || scans[i]->is_package) roots.insert(path);
      main_scans_.emplace(path, std::move(scans[i]));
    }
    return {};
  }

  // The import path of a directory of a module.
  static std::string path_in(const std::string& module, const std::string& directory) {
    return directory.empty() ? module : module + "/" + directory;
  }

  std::size_t add_package(const std::string& path, std::size_t importer) {
    const auto [entry, is_new] = numbers_.try_emplace(path, packages().size());
    if (is_new) {
      packages().push_back({.path = path, .importer = importer});
      loaded_.emplace_back();
    }
    return entry->second;
  }

  // Finds a package and reads its files; what goes wrong is its problem.
  Result<void> load_package(std::size_t number) {
    Package& package = packages()[number];
    if (package.is_test()) return {};
    auto provider = search_.find(package.path, importer_of(package));
    if (!provider) {
      package.problem = std::move(provider).error();
      return {};
    }
    package.module = std::move(provider->module);
    package.directory = std::move(provider->directory);
    if (!provider->sources) return {};
    auto scan = request_.is_main(package.module.path)
                    ? scan_of_main(package)
                    : scan_package(*provider->sources, package.directory, Tests::kLeave);
    take_scan(number, std::move(scan));
    return {};
  }

  Importer importer_of(const Package& package) const {
    if (package.importer == kNoPackage) return {};
    const Package& importer = graph_.packages[package.importer];
    return {.path = importer.path, .version = importer.module.version, .is_test = importer.is_test()};
  }

  Result<PackageScan> scan_of_main(const Package& package) {
    const auto scan = main_scans_.find(path_in(package.module.path, package.directory));
    if (scan != main_scans_.end()) return scan->second;
    return scan_package(*mains_.at(package.module.path), package.directory, Tests::kRead);
  }

  void take_scan(std::size_t number, Result<PackageScan> scan) {
    Package& package = packages()[number];
    if (!scan) {
      package.problem = std::move(scan).error();
      return;
    }
    package.files = std::move(scan->files);
    if (!scan->is_package) {
      package.problem = Error{.code = Code::kMissingPackage, .message = "no Go source files"};
      return;
    }
    loaded_[number] = {.imports = std::move(scan->imports), .test_imports = std::move(scan->test_imports)};
  }

  void add_imports(std::size_t number) {
    const Loaded loaded = std::move(loaded_[number]);
    for (const auto& path : loaded.imports) {
      const std::size_t import = add_package(path, number);
      packages()[number].imports.push_back(import);
    }
    if (loaded.test_imports.empty()) return;
    const Package& tested = packages()[number];
    packages().push_back({.path = tested.path,
                          .test_of = number,
                          .module = tested.module,
                          .directory = tested.directory,
                          .importer = number});
    loaded_.push_back({.imports = loaded.test_imports, .test_imports = {}});
  }

  const PackageRequest& request_;
  manifest::Modules& modules_;
  WorkerPool& pool_;
  Mains mains_;  // by path
  SelectedVersions versions_;
  ProviderSearch search_;
  std::map<std::string, Result<PackageScan>> main_scans_;  // by import path; read only once the roots are added
  std::map<std::string, std::size_t> numbers_;             // of the packages by path, tests left out
  std::vector<Loaded> loaded_;                             // by number
  PackageGraph graph_;
};

}  // namespace

Result<PackageGraph> load_packages(const PackageRequest& request, manifest::Modules& modules, TreeCache& trees,
                                   WorkerPool& pool) {
  return PackageLoader(request, modules, trees, pool).load();
}

}  // namespace modtool::packages
