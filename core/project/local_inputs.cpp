#include "core/project/local_inputs.hpp"

#include <fmt/format.h>

#include <tuple>

#include "core/base/sha256.hpp"
#include "core/module/hash.hpp"
#include "core/project/input_error.hpp"
#include "core/source/directory_tree.hpp"

namespace modtool::project {
namespace {

using module::ModuleVersion;

Result<std::string> hash_overlay(const io::FileReader& files, WorkerPool& pool, const std::string& directory,
                                 const ModuleVersion& module) {
  MODTOOL_TRY(const auto tree, source::open_directory_tree(files, directory, {.kind = source::DirectoryKind::kExact}));
  MODTOOL_TRY(const auto preimage, module::hash_tree(*tree, pool));
  return module::h1_of(preimage, to_string(module));
}

Result<patch::PatchSet> load_set(const io::FileReader& files, const Project& project,
                                 const manifest::Description& description) {
  std::vector<patch::PatchFile> patches;
  for (const auto& name : description.patches) {
    auto text = files.read(io::join_path(project.root, name)).required();
    if (!text) return fail(input_error(std::move(text).error(), description.where));
    patches.push_back({.name = name, .text = std::move(*text)});
  }
  return patch::PatchSet::parse(patches);
}

}  // namespace

Result<LocalInputs> hash_local_inputs(const io::FileReader& files, WorkerPool& pool, const Project& project,
                                      const ModuleVersion& module) {
  LocalInputs inputs;
  const auto described = project.manifest.describe.find(module.path);
  if (described == project.manifest.describe.end()) return inputs;
  const auto& [overlay, patches, where] =
      std::tie(described->second.overlay, described->second.patches, described->second.where);
  if (!overlay.empty()) {
    auto hash = hash_overlay(files, pool, io::join_path(project.root, overlay), module);
    if (!hash) return fail(input_error(hash.error(), where).in("overlay of " + to_string(module)));
    inputs.overlay = std::move(*hash);
  }
  for (const auto& patch : patches) {
    const auto bytes = files.read(io::join_path(project.root, patch)).required();
    if (!bytes) return fail(input_error(bytes.error(), where).in("patch of " + to_string(module)));
    inputs.patches.push_back("sha256:" + to_hex(sha256(*bytes)));
  }
  return inputs;
}

Result<void> check_local_inputs(const io::FileReader& files, WorkerPool& pool, const Project& project, const Fix& fix) {
  for (const auto& locked : project.lock.modules) {
    if (locked.sum.empty()) continue;
    MODTOOL_TRY(const auto inputs, hash_local_inputs(files, pool, project, locked.module));
    if (inputs == LocalInputs{locked.overlay, locked.patches}) continue;
    return fail(
        Error{.code = Code::kLockStale,
              .message = fmt::format("{} is out of date: the {} of {} changed", project.dialect->lock_name(),
                                     inputs.overlay != locked.overlay ? "overlay" : "patches", locked.module.path),
              .where = locked.where}
            .with(fix));
  }
  return {};
}

Result<patch::ModulePatches> load_patches(const io::FileReader& files, const Project& project) {
  patch::ModulePatches patches;
  for (const auto& [path, description] : project.manifest.describe) {
    if (description.patches.empty()) continue;
    auto set = load_set(files, project, description);
    if (!set) return fail_in(std::move(set), "patches of " + path);
    patches.add(path, std::move(*set));
  }
  return patches;
}

}  // namespace modtool::project
