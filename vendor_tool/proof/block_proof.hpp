// Whether the checksum lines of a project vouch for a block of modtool.sums.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/manifest/checksum_table.hpp"
#include "core/module/module_version.hpp"
#include "vendor_tool/proof/finding.hpp"
#include "vendor_tool/sums/sums_file.hpp"

namespace modtool::vendor_tool {

// What a dialect and its lock say of modules, beside their checksums.
struct ModuleRule {
  std::string manifest_name = "go.mod";  // at the root of a module
  // The manifest of a module that has none.
  std::function<std::string(const std::string& module_path)> synthesise = nullptr;
  Fix no_checksum_fix;                    // for a block that no checksum line is for
  bool directories_need_manifest = true;  // those that replace modules
  // The hash of the names of a module's executable files (module/executables.hpp). Null: modes are not kept.
  std::function<std::string(const module::ModuleVersion&)> executables = nullptr;
};

// The first line of the algorithm h1 for a key, as a place; not known where there is none.
Where anchor_of(const manifest::ChecksumTable& checksums, const module::ModuleVersion& key);

// Checks the block of a module (not of a directory): the hash of its list of files against the module's checksum line,
// its manifest against the line of the manifest and against the list, kept bytes against the list, the names of
// executable files against the lock. Fails closed: no
// line, only lines of unknown algorithms, and two lines that contradict are findings; so are names that become others
// on Windows (module::check_names_on_windows). `source` names what the block came from, for the findings' paths. Empty
// where everything is proven.
std::vector<Finding> check_block(const SumsBlock& block, const manifest::ChecksumTable& checksums,
                                 const ModuleRule& rule, const std::string& source);

// A finding for each key with two different hashes of one algorithm.
std::vector<Finding> find_conflicts(const manifest::ChecksumTable& checksums);

}  // namespace modtool::vendor_tool
