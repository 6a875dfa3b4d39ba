// Which module provides the package of an import path.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/packages/module_sources.hpp"
#include "core/packages/package_request.hpp"
#include "core/packages/selected_versions.hpp"
#include "core/packages/tree_cache.hpp"

namespace modtool::packages {

struct Provider {
  module::ModuleVersion module;                  // without a path: the standard library
  std::string directory;                         // of the package, from the module's root
  std::shared_ptr<const ModuleSources> sources;  // none for the standard library
};

// The main modules' own files, by the modules' paths.
using SourcesByPath = std::map<std::string, std::shared_ptr<const ModuleSources>, std::less<>>;

// Who imports, as messages name it.
struct Importer {
  std::string path;  // of the package; empty where nobody imports
  std::string version;
  bool is_test = false;
};

// Looks import paths up. May be used from several threads at once.
class ProviderSearch {
 public:
  // All of it outlives the search.
  ProviderSearch(const PackageRequest& request, manifest::Modules& modules, SelectedVersions& versions,
                 TreeCache& trees, SourcesByPath mains)
      : request_(request), modules_(modules), versions_(versions), trees_(trees), mains_(std::move(mains)) {}

  // Errors are worded as Go words them. Code::kBadImportPath for what is no import path; kMissingModule where no module
  // has the package; kAmbiguousImport where several have; kChecksumMissing where go.sum lacks one that might;
  // kGoModOutOfDate where a replaced module has it that is not required; kMissingPackage where only a replaced module
  // could have it and has not; and the errors of opening a tree or reading a manifest.
  Result<Provider> find(const std::string& import_path, const Importer& importer);

 private:
  // The modules that have the package, and those that could not be asked because go.sum lacks them; both from the
  // longest path to the shortest, the standard library first.
  struct Candidates {
    std::vector<Provider> found;
    std::vector<module::ModuleVersion> unsummed;
  };

  Result<std::optional<Provider>> find_among(const VersionsByPath& versions, const std::string& import_path,
                                             const Importer& importer);
  Result<Candidates> ask_candidates(const VersionsByPath& versions, const std::string& import_path);
  Result<void> ask(const module::ModuleVersion& module, const std::string& import_path, Candidates& candidates);
  Result<std::shared_ptr<const ModuleSources>> sources_of(const module::ModuleVersion& module);
  // Whether the manifest of a module can be read; asked once a module.
  Result<void> check_manifest(const module::ModuleVersion& module);
  Error ambiguous(const std::string& import_path, const std::vector<Provider>& found) const;

  Error missing(const std::string& import_path);
  // What the replacements of modules that are not required have to say about a missing package.
  Result<std::optional<Error>> missing_in_replacements(const std::string& import_path);
  Result<std::vector<module::ModuleVersion>> unused_replacements(const std::string& import_path);

  const PackageRequest& request_;
  manifest::Modules& modules_;
  SelectedVersions& versions_;
  TreeCache& trees_;
  SourcesByPath mains_;
  std::mutex mutex_;
  std::map<module::ModuleVersion, Result<void>> manifests_;  // what was wrong with them; guarded by mutex_
};

}  // namespace modtool::packages
