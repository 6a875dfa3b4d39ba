#include "core/source/git_checkout.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/source/git_library.hpp"

namespace modtool::source {
namespace {

constexpr std::string_view kGitLink = "gitdir: ";  // what the file `.git` of a linked work tree begins with

std::string resolve(const std::string& directory, std::string_view path) {
  return io::is_absolute(path) ? io::clean_path(path) : io::join_path(directory, path);
}

// Of a linked work tree the repository proper; of a repository itself.
std::string common_directory(const io::FileReader& files, const std::string& directory) {
  const auto common = files.read(io::join_path(directory, "commondir"));
  return common ? resolve(directory, trim(*common)) : directory;
}

Result<std::string> repository_of(const io::FileReader& files, const std::string& root, const std::string& entry) {
  MODTOOL_TRY(const auto info, files.stat(entry));
  if (info.kind == io::FileKind::kDirectory) return entry;
  MODTOOL_TRY(const std::string text, files.read(entry));
  if (text.starts_with(kGitLink)) return resolve(root, trim(std::string_view(text).substr(kGitLink.size())));
  return fail(Code::kBadGitRepository, entry + " names no repository");
}

std::unexpected<Error> unusable(const GitLibrary& git, const std::string& file) {
  return fail(Code::kBadSetting, fmt::format("Git configuration {}: {}", file, git.last_error()));
}

bool has_value(const GitLibrary& git, git_config* config, const std::string& key, const std::string& value) {
  git_buf found{};
  const bool is_equal =
      git.config_get_string_buf(&found, config, key.c_str()) == 0 && std::string_view(found.ptr, found.size) == value;
  git.buf_dispose(&found);
  return is_equal;
}

}  // namespace

Result<GitCheckout> find_git_checkout(const io::FileReader& files, const std::string& directory) {
  for (std::string root = directory;; root = io::directory_of(root)) {
    const std::string entry = io::join_path(root, ".git");
    if (files.exists(entry)) {
      MODTOOL_TRY(const std::string repository, repository_of(files, root, entry));
      return GitCheckout{.root = root, .config_file = io::join_path(common_directory(files, repository), "config")};
    }
    if (root == "/" || root == ".") break;
  }
  return fail(Error{.code = Code::kNoRepository, .message = directory + " is in no Git checkout"}.fix("git init"));
}

Result<bool> set_git_config(const std::string& file, const std::string& key, const std::string& value) {
  MODTOOL_TRY(const GitLibrary* const git, git_library());
  git_config* made = nullptr;
  if (git->config_new(&made) != 0) return unusable(*git, file);
  const GitHandle<git_config> config(made, git->config_free);
  if (git->config_add_file_ondisk(made, file.c_str(), GIT_CONFIG_LEVEL_LOCAL, nullptr, 0) != 0) {
    return unusable(*git, file);
  }
  if (has_value(*git, made, key, value)) return false;
  if (git->config_set_string(made, key.c_str(), value.c_str()) != 0) return unusable(*git, file);
  return true;
}

}  // namespace modtool::source
