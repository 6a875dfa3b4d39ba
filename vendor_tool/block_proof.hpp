// Whether the checksum lines of a project vouch for a block of modtool.sums.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/manifest/checksum_table.hpp"
#include "core/module/module_version.hpp"
#include "vendor_tool/finding.hpp"
#include "vendor_tool/sums_file.hpp"

namespace modtool::vendor_tool {

// What a dialect says of manifests.
struct ManifestRule {
  std::string file_name = "go.mod";  // at the root of a module
  // The manifest of a module that has none.
  std::function<std::string(const std::string& module_path)> synthesise = nullptr;
};

// The first line of the algorithm h1 for a key, as a place; not known where there is none.
Where anchor_of(const manifest::ChecksumTable& checksums, const module::ModuleVersion& key);

// Checks the block of a module (not of a directory): the hash of its list of files against the module's checksum line,
// its manifest against the line of the manifest and against the list, kept bytes against the list. Fails closed: no
// line, only lines of unknown algorithms, and two lines that contradict are findings; so are names that become others
// on Windows (module::check_names_on_windows). `source` names what the block came from, for the findings' paths. Empty
// where everything is proven.
std::vector<Finding> check_block(const SumsBlock& block, const manifest::ChecksumTable& checksums,
                                 const ManifestRule& rule, const std::string& source);

// A finding for each key with two different hashes of one algorithm.
std::vector<Finding> find_conflicts(const manifest::ChecksumTable& checksums);

}  // namespace modtool::vendor_tool
