#include "core/git/git_keeping.hpp"

#include <memory>
#include <set>
#include <utility>

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

// A repository and its index.
struct OpenIndex {
  const GitLibrary& git;
  GitHandle<git_repository> repository;
  GitHandle<git_index> index;

  bool tracks(const std::string& name) const { return git.index_get_bypath(index.get(), name.c_str(), 0) != nullptr; }
};

Result<OpenIndex> open_index(const std::string& root) {
  MODTOOL_TRY(const GitLibrary* const git, git_library());
  git_repository* opened = nullptr;
  git_index* read = nullptr;
  if (open_guarded_repository(*git, &opened, root, GIT_REPOSITORY_OPEN_NO_SEARCH) != 0) {
    return fail(Code::kBadGitRepository, root + ": " + git->last_error());
  }
  GitHandle<git_repository> repository(opened, git->repository_free);
  if (git->repository_index(&read, opened) != 0) return fail(Code::kBadGitRepository, root + ": " + git->last_error());
  return OpenIndex{
      .git = *git, .repository = std::move(repository), .index = GitHandle<git_index>(read, git->index_free)};
}

// "vendor/" of /project/vendor in the work tree /project.
std::string prefix_of(const std::string& root, const std::string& directory) {
  return directory == root ? "" : directory.substr(root == "/" ? 1 : root.size() + 1) + "/";
}

// Collects the rule files that say something of files below a directory.
class RuleReader {
 public:
  RuleReader(const io::FileReader& files, std::string root, const OpenIndex& index, const IgnoreRequest& request)
      : files_(files), root_(std::move(root)), index_(index), request_(request) {
    prefix_ = prefix_of(root_, request.directory);
  }

  // Those of the directories above each of the names, once.
  Result<IgnoreRules> read() {
    for (const auto& name : request_.names) {
      const std::string path = prefix_ + name;
      for (auto slash = path.find('/');; slash = path.find('/', slash + 1)) {
        if (slash == std::string::npos) break;
        MODTOOL_CHECK(add(path.substr(0, slash)));
      }
    }
    MODTOOL_CHECK(add(""));
    return std::move(rules_);
  }

 private:
  Result<void> add(const std::string& directory) {
    if (!seen_.insert(directory).second) return {};
    const std::string file = io::join_path(directory, ".gitignore");
    if (file.starts_with(prefix_)) {
      MODTOOL_TRY(const auto text, request_.rules_below(file.substr(prefix_.size())));
      if (text) rules_.add(directory, *text);
      return {};
    }
    if (!index_.tracks(file)) return {};
    MODTOOL_TRY(const auto text, files_.read(io::join_path(root_, file)).if_there());
    if (text) rules_.add(directory, *text);
    return {};
  }

  const io::FileReader& files_;
  std::string root_;
  const OpenIndex& index_;
  const IgnoreRequest& request_;
  std::string prefix_;
  std::set<std::string> seen_;
  IgnoreRules rules_;
};

}  // namespace

Result<GitKeeping> find_git_keeping(const io::FileReader& files, const std::string& directory,
                                    const std::vector<std::string>& names) {
  GitKeeping keeping;
  const auto checkout = find_git_checkout(files, directory);
  if (!checkout && checkout.error().code == Code::kNoRepository) return keeping;
  if (!checkout) return fail(checkout.error());
  MODTOOL_TRY(const OpenIndex opened, open_index(checkout->root));
  const Keeper keeper(opened.git, files, opened.repository.get(), opened.index.get(), checkout->root);
  const std::string below = prefix_of(checkout->root, directory);
  for (const auto& name : names) {
    MODTOOL_TRY(const bool is_left_out, keeper.leaves_out(below + name));
    MODTOOL_TRY(const bool is_changed, keeper.changes(below + name));
    if (is_left_out) keeping.left_out.push_back(name);
    if (is_changed) keeping.changed.push_back(name);
  }
  return keeping;
}

Result<std::vector<IgnoredFile>> find_ignored(const io::FileReader& files, const IgnoreRequest& request) {
  MODTOOL_TRY(const auto checkout, find_git_checkout(files, request.directory));
  MODTOOL_TRY(const OpenIndex opened, open_index(checkout.root));
  MODTOOL_TRY(const IgnoreRules rules, RuleReader(files, checkout.root, opened, request).read());
  const std::string below = prefix_of(checkout.root, request.directory);
  std::vector<IgnoredFile> ignored;
  for (const auto& name : request.names) {
    auto rule = opened.tracks(below + name) ? std::nullopt : rules.rule_for(below + name);
    if (rule) ignored.push_back({.name = name, .rule = std::move(*rule)});
  }
  return ignored;
}

}  // namespace modtool::git
