// What the Go files of one package say: their imports, their embed patterns, and whether anything builds them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/packages/module_sources.hpp"

namespace modtool::packages {

struct SourceFile {
  std::string name;                   // the base name
  std::string package_name;           // empty where the package clause is broken
  std::vector<std::string> imports;   // without "C" and the names of App Engine's oldest packages
  std::vector<std::string> embeds;    // patterns, as written
  bool may_build = false;             // on any platform, with any tags
  std::optional<Error> problem = {};  // why the go command cannot read the file; its name is not in it
};

// Fails for a NUL byte near the front of the file; whatever else is wrong is its `problem`.
Result<SourceFile> scan_source(std::string name, std::string_view source);

struct PackageScan {
  std::vector<std::string> imports;       // of the files that may be built, sorted, each once
  std::vector<std::string> test_imports;  // of their tests, inside the package or beside it
  std::vector<SourceFile> files;          // the Go files less the tests, whether built or not, by name
  bool is_package = false;                // whether any of the files may be built, tests included
};

enum class Tests { kRead, kLeave };

// Reads the Go files of a directory. With Tests::kLeave no test is read, unless nothing else can say that there is a
// package: vendored trees hold no tests.
Result<PackageScan> scan_package(const ModuleSources& module, std::string_view directory, Tests tests);

}  // namespace modtool::packages
