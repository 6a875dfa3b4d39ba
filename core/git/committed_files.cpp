#include "core/git/committed_files.hpp"

#include <fmt/format.h>

#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "core/base/reader.hpp"
#include "core/base/text.hpp"
#include "core/git/git_checkout.hpp"
#include "core/git/git_conversion.hpp"
#include "core/git/git_library.hpp"
#include "core/git/git_loose_guard.hpp"
#include "core/git/git_object.hpp"
#include "core/git/git_repository.hpp"
#include "core/io/forwarding_file_system.hpp"

namespace modtool::git {
namespace {

using io::FileInfo;
using io::FileKind;

constexpr int kMostLinks = 40;  // that are followed for one path, as Linux has it

// An entry of the index.
struct Committed {
  FileKind kind = FileKind::kRegular;
  bool is_executable = false;
  GitId id;
};

FileKind kind_of(std::uint32_t mode) {
  if (mode == GIT_FILEMODE_LINK) return FileKind::kSymlink;
  return mode == GIT_FILEMODE_COMMIT ? FileKind::kDirectory : FileKind::kRegular;
}

std::unexpected<Error> absent(const std::string& path) {
  return fail(Code::kFileNotFound, fmt::format("open {}: no such file or directory in Git", path));
}

class CommittedFiles final : public io::ForwardingFileSystem {
 public:
  CommittedFiles(io::FileSystem& below, const GitLibrary& git, std::string root)
      : ForwardingFileSystem(below), git_(git), root_(std::move(root)) {}

  Result<void> load(const std::string& revision) {
    git_repository* opened = nullptr;
    if (open_guarded_repository(git_, &opened, root_, GIT_REPOSITORY_OPEN_NO_SEARCH) != 0) return broken();
    repository_.reset(opened);
    MODTOOL_CHECK(revision.empty() ? read_index() : read_revision(revision));
    for (std::size_t i = 0; i < git_.index_entrycount(index_.get()); ++i) {
      MODTOOL_CHECK(add(*git_.index_get_byindex(index_.get(), i)));
    }
    MODTOOL_TRY(objects_, GitRepository::open(git_.repository_commondir(opened)));
    return {};
  }

  io::Look<std::string> read(const std::string& path) const override {
    MODTOOL_TRY(const std::string end, follow(path));
    if (!is_inside(end)) return below().read(end);
    return read_file(end);
  }
  io::Look<std::string> read_given(const std::string& path) const override {
    return is_inside(path) ? read(path) : below().read_given(path);
  }
  Result<std::unique_ptr<io::FileBytes>> map(const std::string& path) const override {
    MODTOOL_TRY(const std::string end, follow(path));
    if (!is_inside(end)) return below().map(end);
    MODTOOL_TRY(auto bytes, read_file(end));
    return io::own_bytes(std::move(bytes));
  }
  Result<std::unique_ptr<Reader>> open(const std::string& path) const override {
    MODTOOL_TRY(const std::string end, follow(path));
    if (!is_inside(end)) return below().open(end);
    MODTOOL_TRY(auto bytes, read_file(end));
    return make_string_reader(std::move(bytes));
  }

  io::Look<FileInfo> stat(const std::string& path) const override {
    MODTOOL_TRY(const std::string end, follow(path));
    return is_inside(end) ? info(end) : below().stat(end);
  }
  io::Look<FileInfo> lstat(const std::string& path) const override {
    MODTOOL_TRY(const std::string place, follow_parents(path));
    return is_inside(place) ? info(place) : below().lstat(place);
  }
  Result<std::string> read_link(const std::string& path) const override {
    MODTOOL_TRY(const std::string place, follow_parents(path));
    if (!is_inside(place)) return below().read_link(place);
    const auto found = entries_.find(name_of(place));
    if (found == entries_.end()) return absent(path);
    if (found->second.kind != FileKind::kSymlink) return fail(Code::kIo, path + ": no symbolic link");
    return objects_->blob(found->second.id);
  }

  io::Look<std::vector<io::DirectoryEntry>> list(const std::string& path) const override {
    MODTOOL_TRY(const std::string end, follow(path));
    if (!is_inside(end)) return below().list(end);
    return list_directory(end);
  }
  io::Look<std::vector<io::DirectoryEntry>> list_beneath(const std::string& root,
                                                         const std::string& relative) const override {
    const std::string path = io::join_path(root, relative);
    if (!is_inside(path)) return below().list_beneath(root, relative);
    MODTOOL_CHECK(refuse_links(root, path));
    return list_directory(path);
  }
  io::Look<std::string> read_beneath(const std::string& root, const std::string& relative) const override {
    const std::string path = io::join_path(root, relative);
    if (!is_inside(path)) return below().read_beneath(root, relative);
    MODTOOL_CHECK(refuse_links(root, path));
    return read_file(path);
  }

 private:
  Result<void> before_change(std::string_view operation, const std::string& path) const override {
    if (!is_inside(path)) return {};
    return fail(Code::kNotSupported, fmt::format("{} {}: what Git holds is only read", operation, path));
  }

  std::unexpected<Error> broken() const { return fail(Code::kBadGitRepository, root_ + ": " + git_.last_error()); }

  Result<void> read_index() {
    git_index* read = nullptr;
    if (git_.repository_index(&read, repository_.get()) != 0) return broken();
    index_.reset(read);
    return {};
  }

  // In the place of the index, for this run alone: attributes are looked up in it.
  Result<void> read_revision(const std::string& revision) {
    git_object* found = nullptr;
    const std::string tree = revision + "^{tree}";
    if (git_.revparse_single(&found, repository_.get(), tree.c_str()) != 0) {
      return fail(Code::kUnknownVersion, fmt::format("{}: {}", revision, git_.last_error()));
    }
    const GitHandle<git_object> object(found, git_.object_free);
    git_index* made = nullptr;
    if (git_.index_new(&made) != 0) return broken();
    index_.reset(made);
    if (git_.index_read_tree(made, reinterpret_cast<const git_tree*>(found)) != 0) return broken();
    return git_.repository_set_index(repository_.get(), made) == 0 ? Result<void>() : broken();
  }

  Result<void> add(const git_index_entry& entry) {
    const std::string name = entry.path;
    if ((entry.flags & GIT_INDEX_ENTRY_STAGEMASK) != 0) {
      return fail(Code::kBadGitRepository, fmt::format("{}: `{}` is unmerged in Git's index", root_, name));
    }
    Committed committed{.kind = kind_of(entry.mode), .is_executable = entry.mode == GIT_FILEMODE_BLOB_EXECUTABLE};
    std::copy_n(entry.id.id, committed.id.bytes.size(), committed.id.bytes.begin());
    if (committed.kind == FileKind::kDirectory) directories_.insert(name);  // a submodule: a clone leaves it empty
    for (auto slash = name.find('/'); slash != name.npos; slash = name.find('/', slash + 1)) {
      directories_.insert(name.substr(0, slash));
    }
    if (committed.kind != FileKind::kDirectory) entries_.emplace(name, committed);
    return {};
  }

  bool is_inside(const std::string& path) const {
    const bool is_below = root_ == "/" ? io::is_absolute(path) : has_path_prefix(path, root_);
    return is_below && !has_path_prefix(path, io::join_path(root_, kGit));
  }

  std::string name_of(const std::string& path) const {
    return path.size() <= root_.size() + 1 ? "" : path.substr(root_ == "/" ? 1 : root_.size() + 1);
  }

  bool is_directory(const std::string& name) const { return name.empty() || directories_.contains(name); }

  // The path without links but, perhaps, in its last element.
  Result<std::string> follow_parents(const std::string& path) const {
    std::string clean = io::clean_path(path);
    if (!is_inside(clean) || clean == root_) return clean;
    MODTOOL_TRY(const std::string parent, follow(io::directory_of(clean)));
    return io::join_path(parent, io::base_name(clean));
  }

  Result<std::string> follow(const std::string& path, int links = 0) const {
    std::string clean = io::clean_path(path);
    if (!is_inside(clean) || clean == root_) return clean;
    MODTOOL_TRY(const std::string parent, follow(io::directory_of(clean), links));
    std::string place = io::join_path(parent, io::base_name(clean));
    const auto found = is_inside(place) ? entries_.find(name_of(place)) : entries_.end();
    if (found == entries_.end() || found->second.kind != FileKind::kSymlink) return place;
    if (links >= kMostLinks) return fail(Code::kIo, path + ": too many levels of symbolic links");
    MODTOOL_TRY(const std::string target, objects_->blob(found->second.id));
    return follow(io::is_absolute(target) ? target : io::join_path(parent, target), links + 1);
  }

  // Of `path`, which is `root` or below it, from there on.
  Result<void> refuse_links(const std::string& root, const std::string& path) const {
    for (std::string at = path; at.size() >= root.size() && at != root_; at = io::directory_of(at)) {
      const auto found = entries_.find(name_of(at));
      if (found == entries_.end()) continue;
      if (found->second.kind == FileKind::kSymlink) return fail(Code::kSymbolicLink, at + ": a symbolic link");
      if (at != path) return fail(Code::kNotADirectory, at + ": not a directory");
    }
    return {};
  }

  Result<FileInfo> info(const std::string& path) const {
    const std::string name = name_of(path);
    if (is_directory(name)) return FileInfo{.kind = FileKind::kDirectory, .mode = 0755};
    const auto found = entries_.find(name);
    if (found == entries_.end()) return absent(path);
    const auto& [kind, is_executable, id] = found->second;
    MODTOOL_TRY(const auto size, objects_->blob_size(id));
    return FileInfo{.kind = kind, .size = size, .mode = is_executable ? 0755U : 0644U};
  }

  Result<std::string> read_file(const std::string& path) const {
    const std::string name = name_of(path);
    if (is_directory(name)) return fail(Code::kIsADirectory, path + ": is a directory");
    const auto found = entries_.find(name);
    if (found == entries_.end()) return absent(path);
    MODTOOL_TRY(std::string bytes, objects_->blob(found->second.id));
    const std::scoped_lock guard(attributes_);
    MODTOOL_TRY(const auto conversion, read_git_conversion(git_, repository_.get(), name, GIT_ATTR_CHECK_INDEX_ONLY));
    return as_checked_out(conversion, std::move(bytes), to_string(found->second.id));
  }

  Result<std::vector<io::DirectoryEntry>> list_directory(const std::string& path) const {
    const std::string name = name_of(path);
    if (entries_.contains(name)) return fail(Code::kNotADirectory, path + ": not a directory");
    if (!is_directory(name)) return absent(path);
    const std::string prefix = name.empty() ? "" : name + "/";
    std::map<std::string, FileKind> kinds;
    for (auto at = entries_.lower_bound(prefix); at != entries_.end() && at->first.starts_with(prefix); ++at) {
      const auto rest = std::string_view(at->first).substr(prefix.size());
      if (!rest.contains('/')) kinds.emplace(rest, at->second.kind);
    }
    for (auto at = directories_.lower_bound(prefix); at != directories_.end() && at->starts_with(prefix); ++at) {
      const auto rest = std::string_view(*at).substr(prefix.size());
      if (!rest.empty() && !rest.contains('/')) kinds.emplace(rest, FileKind::kDirectory);
    }
    std::vector<io::DirectoryEntry> list;
    list.reserve(kinds.size());
    for (auto& [entry, kind] : kinds) list.push_back({entry, kind});
    return list;
  }

  static constexpr std::string_view kGit = ".git";

  const GitLibrary& git_;
  std::string root_;
  GitHandle<git_repository> repository_{nullptr, git_.repository_free};
  GitHandle<git_index> index_{nullptr, git_.index_free};
  std::shared_ptr<const GitRepository> objects_;
  std::map<std::string, Committed> entries_;  // by name from the root
  std::set<std::string> directories_;
  mutable std::mutex attributes_;  // libgit2 looks them up one at a time
};

}  // namespace

Result<std::unique_ptr<io::FileSystem>> open_committed_files(io::FileSystem& below, const std::string& directory,
                                                             const std::string& revision) {
  MODTOOL_TRY(const auto checkout, find_git_checkout(below, directory));
  MODTOOL_TRY(const GitLibrary* const git, git_library());
  auto files = std::make_unique<CommittedFiles>(below, *git, checkout.root);
  MODTOOL_CHECK(files->load(revision));
  return files;
}

}  // namespace modtool::git
