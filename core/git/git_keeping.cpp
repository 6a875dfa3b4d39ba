#include "core/git/git_keeping.hpp"

#include "core/git/git_checkout.hpp"
#include "core/git/git_conversion.hpp"
#include "core/git/git_library.hpp"
#include "core/git/git_loose_guard.hpp"

namespace modtool::git {
namespace {

class Keeper {
 public:
  Keeper(const GitLibrary& git, const io::FileReader& files, git_repository* repository, git_index* index,
         std::string root)
      : git_(git), files_(files), repository_(repository), index_(index), root_(std::move(root)) {}

  // Git's index holds what is tracked, whatever the rules say.
  Result<bool> leaves_out(const std::string& name) const {
    if (git_.index_get_bypath(index_, name.c_str(), 0) != nullptr) return false;
    int ignored = 0;
    if (git_.ignore_path_is_ignored(&ignored, repository_, name.c_str()) != 0) return failure(name);
    return ignored == 1;
  }

  Result<bool> changes(const std::string& name) const {
    MODTOOL_TRY(const auto conversion, read_git_conversion(git_, repository_, name, 0));
    if (conversion == GitConversion{}) return false;
    if (conversion.has_driver) return true;
    MODTOOL_TRY(const std::string bytes, files_.read(io::join_path(root_, name)).required());
    return changes_in_a_clone(conversion, bytes);
  }

 private:
  std::unexpected<Error> failure(const std::string& name) const {
    return fail(Code::kBadGitRepository, name + ": " + git_.last_error());
  }

  const GitLibrary& git_;
  const io::FileReader& files_;
  git_repository* repository_;
  git_index* index_;
  std::string root_;
};

}  // namespace

Result<GitKeeping> find_git_keeping(const io::FileReader& files, const std::string& directory,
                                    const std::vector<std::string>& names) {
  GitKeeping keeping;
  const auto checkout = find_git_checkout(files, directory);
  if (!checkout && checkout.error().code == Code::kNoRepository) return keeping;
  if (!checkout) return fail(checkout.error());
  const std::string& root = checkout->root;
  MODTOOL_TRY(const GitLibrary* const git, git_library());
  git_repository* opened = nullptr;
  git_index* read = nullptr;
  if (open_guarded_repository(*git, &opened, root, GIT_REPOSITORY_OPEN_NO_SEARCH) != 0) {
    return fail(Code::kBadGitRepository, root + ": " + git->last_error());
  }
  const GitHandle<git_repository> repository(opened, git->repository_free);
  if (git->repository_index(&read, opened) != 0) return fail(Code::kBadGitRepository, root + ": " + git->last_error());
  const GitHandle<git_index> index(read, git->index_free);
  const Keeper keeper(*git, files, opened, read, root);
  const std::string below = directory == root ? "" : directory.substr(root == "/" ? 1 : root.size() + 1) + "/";
  for (const auto& name : names) {
    MODTOOL_TRY(const bool is_left_out, keeper.leaves_out(below + name));
    MODTOOL_TRY(const bool is_changed, keeper.changes(below + name));
    if (is_left_out) keeping.left_out.push_back(name);
    if (is_changed) keeping.changed.push_back(name);
  }
  return keeping;
}

}  // namespace modtool::git
