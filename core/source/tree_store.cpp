#include "core/source/tree_store.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/sha256.hpp"
#include "core/module/executables.hpp"
#include "core/module/hash.hpp"
#include "core/source/cache_use.hpp"
#include "core/source/directory_tree.hpp"
#include "core/source/staged_tree.hpp"

namespace modtool::source {
namespace {

constexpr std::size_t kKeyDigits = 16;

// Whether there is nothing but regular files and directories that hold some, so that a tree of it shows all there is.
Result<bool> holds_only_files(const io::FileReader& files, const std::string& root, const std::string& directory) {
  MODTOOL_TRY(const auto entries, files.list_beneath(root, directory).if_such());
  if (!entries) return false;
  if (entries->empty() && !directory.empty()) return false;
  for (const auto& entry : *entries) {
    bool is_good = entry.kind == io::FileKind::kRegular;
    if (entry.kind == io::FileKind::kDirectory) {
      MODTOOL_TRY(is_good,
                  holds_only_files(files, root, directory.empty() ? entry.name : directory + "/" + entry.name));
    }
    if (!is_good) return false;
  }
  return true;
}

std::string key_of(const StoredTree& wanted) {
  return to_hex(sha256(wanted.h1 + "\n" + wanted.executables)).substr(0, kKeyDigits);
}

}  // namespace

Result<bool> TreeStore::holds(const std::string& directory, const StoredTree& wanted) const {
  MODTOOL_TRY(const bool is_plain, holds_only_files(files_, directory, ""));
  if (!is_plain) return false;
  MODTOOL_TRY(const auto tree, open_directory_tree(files_, directory, {.modes = DirectoryModes::kRead}));
  if (module::hash_of_executables(module::executable_names(*tree)) != wanted.executables) return false;
  MODTOOL_TRY(const auto preimage, module::hash_tree(*tree, pool_));
  return module::h1_of(preimage, to_string(wanted.module)) == wanted.h1;
}

Result<void> TreeStore::fill(const std::string& directory, const StoredTree& wanted, const Opener& open) {
  MODTOOL_TRY(const auto tree, open());
  MODTOOL_TRY(auto staged, StagedTree::write(files_, *tree, directory, false, pool_));
  const std::string h1 = module::h1_of(staged.preimage(), to_string(wanted.module));
  const bool has_modes = module::hash_of_executables(module::executable_names(*tree)) == wanted.executables;
  if (h1 == wanted.h1 && has_modes) return staged.commit();
  if (h1 == wanted.h1) return fail(Code::kChecksumMismatch, "other files of it are executable than the lock says");
  return fail(Code::kChecksumMismatch,
              fmt::format("{}: the files have the hash {}, and {} is wanted", to_string(wanted.module), h1, wanted.h1));
}

Result<StoredDirectory> TreeStore::place(const StoredTree& wanted, const Opener& open) {
  const std::string parent = io::join_path(root_, to_string(wanted.module));
  StoredDirectory stored{.path = io::join_path(parent, key_of(wanted))};
  MODTOOL_CHECK(files_.make_directories(parent));
  MODTOOL_TRY(const auto held, files_.lock_if_possible(stored.path + ".lock", pool_.cancellation()));
  mark_used(files_, stored.path);
  MODTOOL_TRY(const auto there, files_.lstat(stored.path).if_there());
  if (there) {
    MODTOOL_TRY(const bool is_whole, holds(stored.path, wanted));
    if (is_whole) return stored;
    stored.was_changed = true;
  }
  MODTOOL_CHECK(pool_.cancellation().check());
  MODTOOL_CHECK(fill(stored.path, wanted, open));
  return stored;
}

}  // namespace modtool::source
