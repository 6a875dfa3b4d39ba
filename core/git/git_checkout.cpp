#include "core/git/git_checkout.hpp"

#include "core/base/text.hpp"

namespace modtool::git {
namespace {

constexpr std::string_view kGitLink = "gitdir: ";  // what the file `.git` of a linked work tree begins with

std::string resolve(const std::string& directory, std::string_view path) {
  return io::is_absolute(path) ? io::clean_path(path) : io::join_path(directory, path);
}

// Of a linked work tree the repository proper; of a repository itself.
Result<std::string> common_directory(const io::FileReader& files, const std::string& directory) {
  MODTOOL_TRY(const auto common, files.read(io::join_path(directory, "commondir")).if_there());
  return common ? resolve(directory, trim(*common)) : directory;
}

Result<std::string> repository_of(const io::FileReader& files, const std::string& root, const std::string& entry,
                                  io::FileKind kind) {
  if (kind == io::FileKind::kDirectory) return entry;
  MODTOOL_TRY(const std::string text, files.read(entry).required());
  if (text.starts_with(kGitLink)) return resolve(root, trim(std::string_view(text).substr(kGitLink.size())));
  return fail(Code::kBadGitRepository, entry + " names no repository");
}

}  // namespace

Result<GitCheckout> find_git_checkout(const io::FileReader& files, const std::string& directory) {
  for (std::string root = directory;; root = io::directory_of(root)) {
    const std::string entry = io::join_path(root, ".git");
    MODTOOL_TRY(const auto info, files.stat(entry).if_there());
    if (info) {
      MODTOOL_TRY(const std::string repository, repository_of(files, root, entry, info->kind));
      MODTOOL_TRY(const std::string common, common_directory(files, repository));
      return GitCheckout{.root = root, .config_file = io::join_path(common, "config")};
    }
    if (root == "/" || root == ".") break;
  }
  return fail(Error{.code = Code::kNoRepository, .message = directory + " is in no Git checkout"}.with(
      Fix::command({"git", "init"})));
}

}  // namespace modtool::git
