// What a project itself adds to its modules: overlay directories and patches, as the manifest describes them.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"
#include "core/manifest/description.hpp"
#include "core/patch/patch_set.hpp"
#include "core/project/project.hpp"

namespace modtool::project {

// What a lock holds of them.
struct LocalInputs {
  std::string overlay;               // "h1:…" of the directory, as a tree of the module; empty: none
  std::vector<std::string> patches;  // "sha256:…" of each file, in order

  bool operator==(const LocalInputs&) const = default;
};

// Those that are described of a module; none where nothing is. Errors are those of reading, behind "overlay of a@v1".
Result<LocalInputs> hash_local_inputs(const io::FileReader& files, WorkerPool& pool, const Project& project,
                                      const module::ModuleVersion& module);

// Whether they are those that the lock has of every selected module. Code::kLockStale names the module and what
// changed; `fix` mends it.
Result<void> check_local_inputs(const io::FileReader& files, WorkerPool& pool, const Project& project, const Fix& fix);

// The patches of a project's modules, read and parsed; errors are those of the files that the manifest names.
Result<patch::ModulePatches> load_patches(const io::FileReader& files, const Project& project);

}  // namespace modtool::project
