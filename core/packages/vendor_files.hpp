// Which files of a module `go mod vendor` copies for the packages that are used of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/packages/indexed_tree.hpp"
#include "core/packages/package_scan.hpp"

namespace modtool::packages {

// A package that is used, as far as the choice of files needs it.
struct VendoredPackage {
  std::string import_path;               // for messages
  std::string directory;                 // from the module's root
  const std::vector<SourceFile>* files;  // its Go files less tests
};

struct VendoredFiles {
  std::vector<std::string> names;  // from the module's root, sorted
  std::vector<Error> problems;     // embed patterns that cannot be resolved; the files of these packages are the rest
};

// The files for packages of one module: everything directly in a package's directory but tests, Go files that nothing
// builds and, from go 1.17 on, go.mod and go.sum; licences and their like in the directories above it; what it embeds.
// `go` is the main module's language version. Before go 1.22 what tests embed counts too, so they are read. Fails with
// Code::kGoSourceSyntax for a Go file that cannot be parsed; `label` stands for the module's root in its place.
Result<VendoredFiles> select_vendored_files(const IndexedTree& module, const std::string& label,
                                            const std::vector<VendoredPackage>& packages, std::string_view go);

// Whether a file that is not vendored may be all the same, where a project wants it: no Go file and no .syso, which go
// links in; nothing that says where a module begins and what it needs.
bool may_add(std::string_view name);

// Whether a file tells of authors, licence or patents: by its name alone.
bool is_metadata_name(std::string_view base_name);

}  // namespace modtool::packages
