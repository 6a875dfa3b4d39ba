#include "core/git/git_loose_guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "core/base/text.hpp"
#include "core/git/git_library.hpp"
#include "core/git/git_object.hpp"
#include "core/io/file_system.hpp"
#include "core/io/inflate.hpp"

namespace modtool::git {
namespace {

constexpr std::size_t kMostLenders = 16;
constexpr std::size_t kFolderDigits = 2;  // of an object's name: objects/ab/cdef…
constexpr int kBeforeAllOthers = 1000;

// The directories of objects: the repository's own, and those that its file `alternates` leads to
// (gitrepository-layout(5)). What cannot be read there, libgit2 reads neither.
std::vector<std::string> object_directories(const std::string& repository) {
  std::vector<std::string> found = {io::join_path(repository, "objects")};
  for (std::size_t i = 0; i < found.size() && found.size() < kMostLenders; ++i) {
    const auto lenders = io::disk().read(io::join_path(found[i], "info/alternates")).if_there();
    if (!lenders || !*lenders) continue;
    for (const auto line : split_lines(**lenders)) {
      if (line.empty() || line.starts_with('#')) continue;
      found.push_back(io::is_absolute(line) ? std::string(line) : io::join_path(found[i], line));
    }
  }
  return found;
}

// Holds no object: it is asked before those that do, and lets every question pass or fail.
struct Guard {
  git_odb_backend backend;  // first: the guard is known by its address
  const GitLibrary* git;
  std::vector<std::string> directories;
};

int judge(const Guard& guard, const std::string& file) {
  const auto bytes = io::disk().read(file).if_there();
  if (!bytes || !*bytes) return GIT_ENOTFOUND;
  const auto whole = io::check_zlib(**bytes);
  if (whole) return GIT_ENOTFOUND;
  guard.git->error_set_str(GIT_ERROR_ODB, fmt::format("{}: {}", file, whole.error().message).c_str());
  return GIT_ERROR;
}

std::string name_of(const git_oid& oid) {
  GitId id;
  std::ranges::copy(oid.id, id.bytes.begin());
  return to_string(id);
}

// All files of loose objects whose names start with these digits.
int judge_all(git_odb_backend* backend, const git_oid* id, std::size_t digits) {
  const auto& guard = *reinterpret_cast<const Guard*>(backend);
  const std::string name = name_of(*id);
  const std::string_view start = std::string_view(name).substr(kFolderDigits, digits - kFolderDigits);
  for (const auto& directory : guard.directories) {
    const std::string folder = io::join_path(directory, name.substr(0, kFolderDigits));
    const auto entries = io::disk().list(folder).if_there();
    if (!entries || !*entries) continue;
    for (const auto& entry : **entries) {
      if (!entry.name.starts_with(start)) continue;
      if (const int outcome = judge(guard, io::join_path(folder, entry.name)); outcome != GIT_ENOTFOUND) return outcome;
    }
  }
  return GIT_ENOTFOUND;
}

int judge_one(git_odb_backend* backend, const git_oid* id) {
  const auto& guard = *reinterpret_cast<const Guard*>(backend);
  const std::string name = name_of(*id);
  for (const auto& directory : guard.directories) {
    const std::string file =
        fmt::format("{}/{}/{}", directory, name.substr(0, kFolderDigits), name.substr(kFolderDigits));
    if (const int outcome = judge(guard, file); outcome != GIT_ENOTFOUND) return outcome;
  }
  return GIT_ENOTFOUND;
}

std::unique_ptr<Guard> make_guard(const GitLibrary& git, const std::string& repository) {
  auto guard = std::make_unique<Guard>(Guard{.backend = GIT_ODB_BACKEND_INIT, .git = &git, .directories = {}});
  guard->directories = object_directories(repository);
  guard->backend.read = [](void**, std::size_t*, git_object_t*, git_odb_backend* backend, const git_oid* id) {
    return judge_one(backend, id);
  };
  guard->backend.read_header = [](std::size_t*, git_object_t*, git_odb_backend* backend, const git_oid* id) {
    return judge_one(backend, id);
  };
  guard->backend.read_prefix = [](git_oid*, void**, std::size_t*, git_object_t*, git_odb_backend* backend,
                                  const git_oid* id, std::size_t digits) { return judge_all(backend, id, digits); };
  guard->backend.free = [](git_odb_backend* backend) { delete reinterpret_cast<Guard*>(backend); };
  return guard;
}

}  // namespace

int open_guarded_repository(const GitLibrary& git, git_repository** opened, const std::string& path, unsigned flags) {
  if (const int outcome = git.repository_open_ext(opened, path.c_str(), flags, nullptr); outcome != 0) return outcome;
  GitHandle<git_repository> repository(*opened, git.repository_free);
  git_odb* found = nullptr;
  if (const int outcome = git.repository_odb(&found, *opened); outcome != 0) return outcome;
  const GitHandle<git_odb> objects(found, git.odb_free);
  auto guard = make_guard(git, git.repository_commondir(*opened));
  if (const int outcome = git.odb_add_backend(found, &guard->backend, kBeforeAllOthers); outcome != 0) return outcome;
  static_cast<void>(guard.release());  // libgit2 frees it
  *opened = repository.release();
  return 0;
}

}  // namespace modtool::git
