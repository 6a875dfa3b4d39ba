#include "core/packages/package_scan.hpp"

#include <algorithm>
#include <set>

#include "core/base/text.hpp"
#include "core/packages/build_constraint.hpp"
#include "core/packages/embed_scanner.hpp"
#include "core/packages/import_scanner.hpp"

namespace modtool::packages {
namespace {

// Imports that stand for no package: cgo's, and what App Engine had before there were modules, which only files for App
// Engine name.
bool is_magic_import(std::string_view path) {
  return path == "C" || has_path_prefix(path, "appengine") || has_path_prefix(path, "appengine_internal");
}

Result<SourceFile> read_source(const ModuleSources& module, std::string_view directory, const std::string& name) {
  const std::string full_name = join_name(directory, name);
  MODTOOL_TRY(const std::string source, module.read(full_name));
  auto file = scan_source(name, source);
  return file ? std::move(file) : fail_in(std::move(file), "reading " + full_name);
}

// Whether one of the tests may be built.
Result<bool> has_test(const ModuleSources& module, std::string_view directory, const std::vector<std::string>& tests) {
  for (const auto& name : tests) {
    MODTOOL_TRY(const SourceFile file, read_source(module, directory, name));
    if (file.may_build) return true;
  }
  return false;
}

}  // namespace

Result<SourceFile> scan_source(std::string name, std::string_view source) {
  MODTOOL_TRY(SourceHeader header, scan_header(source));
  SourceFile file{.name = std::move(name), .package_name = std::move(header.package_name)};
  auto may_be_built = may_build(header.text);
  file.may_build = may_be_built.value_or(false);
  file.problem = may_be_built ? std::move(header.problem) : std::move(may_be_built).error();
  if (std::ranges::find(header.imports, "embed") != header.imports.end()) file.embeds = scan_embed_patterns(source);
  file.imports = std::move(header.imports);
  std::erase_if(file.imports, is_magic_import);
  return file;
}

Result<PackageScan> scan_package(const ModuleSources& module, std::string_view directory, Tests tests) {
  MODTOOL_TRY(const auto names, module.go_files(directory));
  PackageScan scan;
  std::set<std::string> imports;
  std::set<std::string> test_imports;
  std::vector<std::string> unread_tests;
  for (const auto& name : names) {
    const bool is_test = is_test_name(name);
    if (is_test && tests == Tests::kLeave) {
      unread_tests.push_back(name);
      continue;
    }
    MODTOOL_TRY(SourceFile file, read_source(module, directory, name));
    scan.is_package |= file.may_build;
    if (file.may_build) (is_test ? test_imports : imports).insert(file.imports.begin(), file.imports.end());
    if (!is_test) scan.files.push_back(std::move(file));
  }
  if (!scan.is_package) {
    MODTOOL_TRY(scan.is_package, has_test(module, directory, unread_tests));
  }
  scan.imports.assign(imports.begin(), imports.end());
  scan.test_imports.assign(test_imports.begin(), test_imports.end());
  return scan;
}

}  // namespace modtool::packages
