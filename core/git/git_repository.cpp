#include "core/git/git_repository.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <optional>
#include <queue>
#include <set>
#include <utility>

#include "core/base/text.hpp"
#include "core/git/git_library.hpp"
#include "core/git/git_loose_guard.hpp"
#include "core/git/git_stored_refs.hpp"

namespace modtool::git {
namespace {

constexpr std::size_t kMinDigits = 7;  // of an abbreviated commit, as in Git's own output
constexpr int kMaxTagDepth = 16;       // a tag of a tag of a tag …

git_oid to_oid(const GitId& id) {
  git_oid oid;
  static_assert(sizeof oid.id == sizeof id.bytes);
  std::memcpy(oid.id, id.bytes.data(), sizeof oid.id);
  return oid;
}

GitId from_oid(const git_oid& oid) {
  GitId id;
  std::memcpy(id.bytes.data(), oid.id, id.bytes.size());
  return id;
}

// An object in memory.
struct RawObject {
  GitHandle<git_odb_object> handle;
  GitObjectKind kind;
  std::string_view bytes;  // live as long as the handle
};

std::optional<GitObjectKind> kind_of(git_object_t type) {
  switch (type) {
    case GIT_OBJECT_COMMIT:
      return GitObjectKind::kCommit;
    case GIT_OBJECT_TREE:
      return GitObjectKind::kTree;
    case GIT_OBJECT_BLOB:
      return GitObjectKind::kBlob;
    case GIT_OBJECT_TAG:
      return GitObjectKind::kTag;
    default:
      return std::nullopt;
  }
}

std::string_view name_of(GitObjectKind kind) {
  switch (kind) {
    case GitObjectKind::kCommit:
      return "commit";
    case GitObjectKind::kTree:
      return "tree";
    case GitObjectKind::kBlob:
      return "blob";
    case GitObjectKind::kTag:
      return "tag";
  }
  return "object";
}

bool is_hexadecimal(std::string_view text) { return text.find_first_not_of("0123456789abcdef") == text.npos; }

class LocalRepository final : public GitRepository {
 public:
  LocalRepository(const GitLibrary& git, std::string directory, GitHandle<git_repository> repository,
                  GitHandle<git_odb> objects)
      : git_(git), directory_(std::move(directory)), repository_(std::move(repository)), objects_(std::move(objects)) {}

  const std::string& directory() const override { return directory_; }

  Result<std::vector<GitRef>> refs() const override {
    MODTOOL_TRY(const auto stored, read_stored_refs(io::disk(), git_.repository_commondir(repository_.get())));
    std::vector<GitRef> refs;
    for (const auto& [name, id] : stored) refs.push_back({name, id});
    return peel(std::move(refs));
  }

  Result<GitRef> head() const override {
    GitRef head;
    {
      const std::lock_guard lock(mutex_);
      MODTOOL_TRY(head, read_head());
    }
    MODTOOL_CHECK(commit(head.commit));
    return head;
  }

  Result<GitId> find_commit(std::string_view digits) const override {
    if (digits.size() < kMinDigits || digits.size() > 2 * GIT_OID_RAWSZ || !is_hexadecimal(digits)) {
      return unknown(digits);
    }
    git_oid prefix{};
    const std::string padded = std::string(digits) + std::string(2 * GIT_OID_RAWSZ - digits.size(), '0');
    prefix = to_oid(*parse_git_id(padded));
    git_odb_object* found = nullptr;
    const int outcome = git_.odb_read_prefix(&found, objects_.get(), &prefix, digits.size());
    const GitHandle<git_odb_object> object(found, git_.odb_object_free);
    if (outcome == GIT_EAMBIGUOUS) {
      return fail(Code::kUnknownVersion, fmt::format("`{}` begins the name of several objects", digits));
    }
    if (outcome == GIT_ENOTFOUND) return unknown(digits);
    if (outcome != 0) return damaged(std::string(digits));
    if (git_.odb_object_type(found) != GIT_OBJECT_COMMIT) return unknown(digits);
    return from_oid(*git_.odb_object_id(found));
  }

  Result<bool> has(const GitId& id) const override {
    const git_oid oid = to_oid(id);
    std::size_t size = 0;
    git_object_t type{};
    const int outcome = git_.odb_read_header(&size, &type, objects_.get(), &oid);
    if (outcome != 0 && outcome != GIT_ENOTFOUND) return damaged(to_string(id));
    return outcome == 0;
  }

  Result<GitCommit> commit(const GitId& id) const override {
    MODTOOL_TRY(const auto object, read(id, GitObjectKind::kCommit));
    return parse_git_commit(object.bytes);
  }

  Result<std::vector<GitTreeEntry>> tree(const GitId& id) const override {
    MODTOOL_TRY(const auto object, read(id, GitObjectKind::kTree));
    return parse_git_tree(object.bytes);
  }

  Result<std::string> blob(const GitId& id) const override {
    MODTOOL_TRY(const auto object, read(id, GitObjectKind::kBlob));
    return std::string(object.bytes);
  }

  Result<std::uint64_t> blob_size(const GitId& id) const override {
    const git_oid oid = to_oid(id);
    std::size_t size = 0;
    git_object_t type{};
    if (git_.odb_read_header(&size, &type, objects_.get(), &oid) != 0) return damaged(to_string(id));
    return size;
  }

 private:
  std::unexpected<Error> unknown(std::string_view revision) const {
    return fail(Code::kUnknownVersion, fmt::format("no commit {} in {}", quote(revision), directory_));
  }

  std::unexpected<Error> damaged(const std::string& object) const {
    return fail(Code::kBadGitRepository, fmt::format("{}: object {}: {}", directory_, object, git_.last_error()));
  }

  Result<RawObject> read(const GitId& id) const {
    const git_oid oid = to_oid(id);
    git_odb_object* found = nullptr;
    if (git_.odb_read(&found, objects_.get(), &oid) != 0) return damaged(to_string(id));
    GitHandle<git_odb_object> handle(found, git_.odb_object_free);
    const auto kind = kind_of(git_.odb_object_type(found));
    if (!kind)
      return fail(Code::kBadGitRepository, fmt::format("{}: object {}: no known kind", directory_, to_string(id)));
    const std::string_view bytes(static_cast<const char*>(git_.odb_object_data(found)), git_.odb_object_size(found));
    return RawObject{std::move(handle), *kind, bytes};
  }

  Result<RawObject> read(const GitId& id, GitObjectKind kind) const {
    MODTOOL_TRY(auto object, read(id));
    if (object.kind == kind) return object;
    return fail(Code::kBadGitRepository, fmt::format("{}: object {} is a {}, not a {}", directory_, to_string(id),
                                                     name_of(object.kind), name_of(kind)));
  }

  bool is_shallow() const override {
    const std::lock_guard lock(mutex_);
    return git_.repository_is_shallow(repository_.get()) == 1;
  }

  Result<GitRef> read_head() const {
    std::string name = "HEAD";
    for (int links = 0; links < 2; ++links) {
      git_reference* found = nullptr;
      if (git_.reference_lookup(&found, repository_.get(), name.c_str()) != 0) break;
      const GitHandle<git_reference> reference(found, git_.reference_free);
      if (const git_oid* target = git_.reference_target(found)) return GitRef{name, from_oid(*target)};
      name = git_.reference_symbolic_target(found);
    }
    return fail(Code::kUnknownVersion, fmt::format("the repository {} has no default branch", directory_));
  }

  // Follows annotated tags; what leads to no commit is no version of anything and left out.
  Result<std::vector<GitRef>> peel(std::vector<GitRef> refs) const {
    std::vector<GitRef> peeled;
    for (auto& ref : refs) {
      MODTOOL_TRY(const auto target, peel(ref.commit));
      if (target) peeled.push_back({std::move(ref.name), *target});
    }
    std::ranges::sort(peeled, {}, &GitRef::name);
    return peeled;
  }

  Result<std::optional<GitId>> peel(GitId id) const {
    for (int depth = 0; depth < kMaxTagDepth; ++depth) {
      MODTOOL_TRY(const auto object, read(id));
      if (object.kind == GitObjectKind::kCommit) return id;
      if (object.kind != GitObjectKind::kTag) break;
      MODTOOL_TRY(const auto tag, parse_git_tag(object.bytes));
      id = tag.target;
    }
    return std::nullopt;
  }

  const GitLibrary& git_;
  std::string directory_;
  GitHandle<git_repository> repository_;
  GitHandle<git_odb> objects_;
  mutable std::mutex mutex_;  // around what uses the repository itself and not its object database
};

}  // namespace

Result<std::shared_ptr<const GitRepository>> GitRepository::open(const std::string& directory) {
  MODTOOL_TRY(const GitLibrary* const git, git_library());
  const auto refuse = [&] {
    return fail(Code::kBadGitRepository,
                fmt::format("cannot open the Git repository {}: {}", directory, git->last_error()));
  };
  git_repository* opened = nullptr;
  if (open_guarded_repository(*git, &opened, directory, GIT_REPOSITORY_OPEN_NO_SEARCH) != 0) return refuse();
  GitHandle<git_repository> repository(opened, git->repository_free);
  git_odb* made = nullptr;
  if (git->repository_odb(&made, opened) != 0) return refuse();
  GitHandle<git_odb> objects(made, git->odb_free);
  return std::make_shared<LocalRepository>(*git, directory, std::move(repository), std::move(objects));
}

Result<void> GitRepository::visit_history(const GitId& from,
                                          const std::function<bool(const GitId&, const GitCommit&)>& visit) const {
  using Step = std::pair<std::int64_t, std::pair<GitId, GitCommit>>;
  const auto earlier = [](const Step& a, const Step& b) { return a.first < b.first; };
  std::priority_queue<Step, std::vector<Step>, decltype(earlier)> queue(earlier);
  std::set<GitId> seen;
  const auto add = [&](const GitId& id) -> Result<void> {
    if (!seen.insert(id).second) return {};
    auto read = commit(id);
    const bool is_absent = !read && !has(id).value_or(true);
    if (is_absent && is_shallow()) {
      return fail(Error{.code = Code::kShallowHistory,
                        .message = fmt::format("{} is a shallow clone: the history before {} is not in it", directory(),
                                               to_string(id))}
                      .with(Fix::command({"git", "-C", directory(), "fetch", "--unshallow"})));
    }
    if (!read) return fail(std::move(read).error());
    queue.push({read->time, {id, std::move(*read)}});
    return {};
  };
  MODTOOL_CHECK(add(from));
  while (!queue.empty()) {
    const auto [id, commit] = queue.top().second;
    queue.pop();
    if (!visit(id, commit)) return {};
    for (const auto& parent : commit.parents) MODTOOL_CHECK(add(parent));
  }
  return {};
}

}  // namespace modtool::git
