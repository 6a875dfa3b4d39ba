// A module's files inside its zip.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"
#include "core/module/module_tree.hpp"
#include "core/module/module_version.hpp"
#include "core/source/hashed_tree.hpp"

namespace modtool::goproxy {

// An open zip that keeps the rules for module zips. The file stays mapped as long as the tree lives; its files are
// inflated when they are asked for.
struct ModuleZip {
  std::unique_ptr<module::ModuleTree> tree;
  std::vector<std::string>
      directories;  // entries that stand for directories: names in the module, with a slash at the end
};

// Code::kZipRules where the zip breaks the rules, kBadZip where it is no zip at all.
Result<ModuleZip> open_module_zip(const io::FileReader& files, const std::string& path,
                                  const module::ModuleVersion& module);

// Puts hashes of the tree's files together to what the whole zip hashes to: the go command hashes an entry for a
// directory as if it were an empty file.
source::HashedTree with_hashes(ModuleZip zip, module::Preimage files, const module::ModuleVersion& module);

// Adds the entries that the module's zip has for directories to the hashes of its files, for trees that do not show
// them; nothing is added where there is no zip.
module::Preimage with_directory_entries(module::Preimage files, const io::FileReader& reader,
                                        const std::string& zip_path, const module::ModuleVersion& module);

// Opens a zip and hashes all it holds.
Result<source::HashedTree> hash_module_zip(const io::FileReader& files, const std::string& path,
                                           const module::ModuleVersion& module, WorkerPool& pool);

}  // namespace modtool::goproxy
