#include "core/git/git_file.hpp"

#include "core/git/git_library.hpp"
#include "core/git/git_loose_guard.hpp"
#include "core/io/file_system.hpp"

namespace modtool::git {

Result<std::string> read_git_file(const std::string& path, const std::string& revision) {
  MODTOOL_TRY(const GitLibrary* const git, git_library());
  git_repository* opened = nullptr;
  if (open_guarded_repository(*git, &opened, io::directory_of(path), 0) != 0) {
    return fail(Code::kNoRepository, "no Git repository around " + path + ": " + git->last_error());
  }
  const GitHandle<git_repository> repository(opened, git->repository_free);
  const char* const workdir = git->repository_workdir(opened);
  const std::string root = workdir != nullptr ? workdir : "";
  if (root.empty() || !path.starts_with(root)) return fail(Code::kUnknownVersion, path + ": not in a Git work tree");

  git_object* top = nullptr;
  if (git->revparse_single(&top, opened, (revision + "^{tree}").c_str()) != 0) {
    return fail(Code::kUnknownVersion, revision + ": " + git->last_error());
  }
  const GitHandle<git_object> tree(top, git->object_free);
  const std::string name = revision + ":" + path.substr(root.size());
  git_object* found = nullptr;
  if (git->revparse_single(&found, opened, name.c_str()) != 0) {
    return fail(Code::kFileNotFound, name + ": " + git->last_error());
  }
  const GitHandle<git_object> object(found, git->object_free);
  if (git->object_type(found) != GIT_OBJECT_BLOB) return fail(Code::kFileNotFound, name + ": not a file");
  const auto* blob = reinterpret_cast<const git_blob*>(found);
  return std::string(static_cast<const char*>(git->blob_rawcontent(blob)),
                     static_cast<std::size_t>(git->blob_rawsize(blob)));
}

}  // namespace modtool::git
