#include "core/git/git_keeping.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/git/git_checkout.hpp"
#include "core/git/git_library.hpp"
#include "core/module/version_control.hpp"

namespace modtool::git {
namespace {

// Whether anything could have a say: a rule file among the names, or in a directory from `directory` up to the root.
Result<bool> has_rules(const io::FileReader& files, const std::string& root, const std::string& directory,
                       const std::vector<std::string>& names) {
  if (std::ranges::any_of(names, module::instructs_git)) return true;
  for (std::string at = directory;; at = io::directory_of(at)) {
    for (const auto* name : {".gitignore", ".gitattributes", ".git/info/exclude", ".git/info/attributes"}) {
      MODTOOL_TRY(const auto there, files.stat(io::join_path(at, name)).if_there());
      if (there) return true;
    }
    if (at == root) return false;
  }
}

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
    std::array<const char*, 5> names = {"text", "eol", "ident", "filter", "working-tree-encoding"};
    std::array<const char*, 5> values{};
    if (git_.attr_get_many(values.data(), repository_, 0, name.c_str(), names.size(), names.data()) != 0) {
      return failure(name);
    }
    const auto& [text, eol, ident, filter, encoding] = values;
    if (has_text(filter) || has_text(encoding)) return true;
    const bool is_binary = git_.attr_value(text) == GIT_ATTR_VALUE_FALSE;
    const bool is_text = git_.attr_value(text) == GIT_ATTR_VALUE_TRUE || has_text(eol);
    const bool may_be_text = !is_binary && (is_text || has_text(text));  // text=auto
    const bool is_expanded = git_.attr_value(ident) == GIT_ATTR_VALUE_TRUE;
    if (!may_be_text && !is_expanded) return false;
    MODTOOL_TRY(const std::string bytes, files_.read(io::join_path(root_, name)).required());
    if (is_expanded && bytes.contains("$Id")) return true;
    if (!may_be_text || (!is_text && bytes.contains('\0'))) return false;
    const auto carriage_returns = std::ranges::count(bytes, '\r');
    const bool wants_crlf = has_text(eol) && std::string_view(eol) == "crlf";
    return wants_crlf ? std::ranges::count(bytes, '\n') != carriage_returns : carriage_returns > 0;
  }

 private:
  bool has_text(const char* value) const { return git_.attr_value(value) == GIT_ATTR_VALUE_STRING; }

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
  MODTOOL_TRY(const bool may_matter, has_rules(files, root, directory, names));
  if (!may_matter) return keeping;
  MODTOOL_TRY(const GitLibrary* const git, git_library());
  git_repository* opened = nullptr;
  git_index* read = nullptr;
  if (git->repository_open_ext(&opened, root.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr) != 0) {
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
