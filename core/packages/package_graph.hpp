// The packages of a project and how they import each other.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/module/module_version.hpp"
#include "core/packages/package_scan.hpp"

namespace modtool::packages {

inline constexpr std::size_t kNoPackage = SIZE_MAX;

// A package, or the tests of one in the main module, which have imports of their own.
struct Package {
  std::string path;
  std::size_t test_of = kNoPackage;   // the package that this is the tests of
  module::ModuleVersion module;       // that provides it; no path for the standard library and where there is none
  std::string directory;              // from the module's root
  std::vector<std::size_t> imports;   // ascending by path
  std::size_t importer = kNoPackage;  // the first to import it on a shortest way from a root
  std::vector<SourceFile> files;      // its Go files less tests
  std::optional<Error> problem;       // why it could not be loaded whole; without the chain of imports

  bool is_test() const { return test_of != kNoPackage; }
  std::string shown_path() const { return is_test() ? path + ".test" : path; }
};

// Go's pattern "all": the packages of the main module and its tools, their imports, those of the main module's tests,
// and what these import. Breadth first, the roots in the order of their paths, so the same input gives the same order.
struct PackageGraph {
  std::vector<Package> packages;
  // Code::kGoModOutOfDate where go.mod does not list all modules that provide packages; the packages are those that
  // could be found nevertheless.
  std::optional<Error> out_of_date;

  // How a package is reached: the import paths, tests as "path.test".
  std::vector<std::string> chain_to(std::size_t package) const;
  // The same as Go's messages have it: "main imports\n\ta imports\n\tb".
  std::string import_chain(std::size_t package) const;
  // A package's problem with the chain of imports as its context. The package must have one.
  Error problem_of(std::size_t package) const;

 private:
  // From the root to the package.
  std::vector<const Package*> steps_to(std::size_t package) const;
};

}  // namespace modtool::packages
