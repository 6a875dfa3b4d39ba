// How a vendor directory that is genuine fails to be what the manifest asks for now.
#pragma once

#include <vector>

#include "core/manifest/manifest.hpp"
#include "core/manifest/modules_txt.hpp"
#include "vendor_tool/proof/finding.hpp"

namespace modtool::vendor_tool {

// What the manifest asks for, as far as modules.txt repeats it.
struct ManifestFacts {
  std::vector<manifest::Requirement> require;
  std::vector<manifest::Replacement> replace;
};

// Where an index was evidently made for other requirements or replacements than the manifest has (the go command calls
// that inconsistent vendoring). Code::kVendorStale, on the lines of the index, whose file is named `path`.
std::vector<Finding> compare_with_manifest(const manifest::ModulesTxt& index, const ManifestFacts& manifest,
                                           const std::string& path);

// How an index differs from the planned one, module by module and package by package. Code::kVendorStale.
std::vector<Finding> compare_indexes(const manifest::ModulesTxt& planned, const manifest::ModulesTxt& index,
                                     const std::string& path);

// Whether two indexes say the same of all modules, packages aside; modules that only packages brought into one of them
// do not count.
// With evidence that was made for just these modules, another answer than yes is no staleness.
bool same_modules(const manifest::ModulesTxt& a, const manifest::ModulesTxt& b);

}  // namespace modtool::vendor_tool
