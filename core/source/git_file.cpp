#include "core/source/git_file.hpp"

#include <git2.h>

#include <memory>

#include "core/io/file_system.hpp"
#include "core/io/shared_library.hpp"

namespace modtool::source {
namespace {

// The functions of libgit2 that are used here.
struct Git {
  decltype(&git_libgit2_init) init;
  decltype(&git_error_last) error_last;
  decltype(&git_repository_open_ext) open;
  decltype(&git_repository_workdir) workdir;
  decltype(&git_repository_free) free_repository;
  decltype(&git_revparse_single) parse_revision;
  decltype(&git_object_type) type_of;
  decltype(&git_object_free) free_object;
  decltype(&git_blob_rawcontent) content;
  decltype(&git_blob_rawsize) size;

  static Result<Git> load() {
    MODTOOL_TRY(const auto library, io::SharedLibrary::load("libgit2.so." LIBGIT2_SOVERSION, "libgit2-1.5"));
    Git git{};
    MODTOOL_TRY(git.init, library.function<decltype(git.init)>("git_libgit2_init"));
    MODTOOL_TRY(git.error_last, library.function<decltype(git.error_last)>("git_error_last"));
    MODTOOL_TRY(git.open, library.function<decltype(git.open)>("git_repository_open_ext"));
    MODTOOL_TRY(git.workdir, library.function<decltype(git.workdir)>("git_repository_workdir"));
    MODTOOL_TRY(git.free_repository, library.function<decltype(git.free_repository)>("git_repository_free"));
    MODTOOL_TRY(git.parse_revision, library.function<decltype(git.parse_revision)>("git_revparse_single"));
    MODTOOL_TRY(git.type_of, library.function<decltype(git.type_of)>("git_object_type"));
    MODTOOL_TRY(git.free_object, library.function<decltype(git.free_object)>("git_object_free"));
    MODTOOL_TRY(git.content, library.function<decltype(git.content)>("git_blob_rawcontent"));
    MODTOOL_TRY(git.size, library.function<decltype(git.size)>("git_blob_rawsize"));
    git.init();
    return git;
  }

  std::string last_error() const {
    const git_error* error = error_last();
    return error != nullptr && error->message != nullptr ? error->message : "unknown error";
  }
};

}  // namespace

Result<std::string> read_git_file(const std::string& path, const std::string& revision) {
  MODTOOL_TRY(const Git git, Git::load());
  git_repository* opened = nullptr;
  if (git.open(&opened, io::directory_of(path).c_str(), 0, nullptr) != 0) {
    return fail(Code::kUnknownVersion, "no Git repository around " + path + ": " + git.last_error());
  }
  const std::unique_ptr<git_repository, decltype(git.free_repository)> repository(opened, git.free_repository);
  const char* const workdir = git.workdir(opened);
  const std::string root = workdir != nullptr ? workdir : "";
  if (root.empty() || !path.starts_with(root)) return fail(Code::kUnknownVersion, path + ": not in a Git work tree");

  const std::string name = revision + ":" + path.substr(root.size());
  git_object* found = nullptr;
  if (git.parse_revision(&found, opened, name.c_str()) != 0) {
    return fail(Code::kUnknownVersion, name + ": " + git.last_error());
  }
  const std::unique_ptr<git_object, decltype(git.free_object)> object(found, git.free_object);
  if (git.type_of(found) != GIT_OBJECT_BLOB) return fail(Code::kFileNotFound, name + ": not a file");
  const auto* blob = reinterpret_cast<const git_blob*>(found);
  return std::string(static_cast<const char*>(git.content(blob)), static_cast<std::size_t>(git.size(blob)));
}

}  // namespace modtool::source
