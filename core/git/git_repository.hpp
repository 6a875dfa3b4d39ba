// A Git repository on this machine, opened in place and only read: references and raw objects. No hook, filter,
// attribute, alternate name of an object (refs/replace) or setting of the repository, the user or the machine has any
// effect on what is read.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/git/git_object.hpp"

namespace modtool::git {

struct GitRef {
  std::string name;  // "refs/tags/v1.2.0"
  GitId commit;      // what it leads to in the end, annotated tags peeled

  bool operator==(const GitRef&) const = default;
};

// All functions may be called from several threads at once: objects are read side by side (libgit2's object database is
// made for that), references one thread at a time.
class GitRepository {
 public:
  // The repository at a directory (bare, or with a work tree): just there, not in a directory above. Who owns it does
  // not matter, as nothing of it is run. Code::kBadGitRepository.
  static Result<std::shared_ptr<const GitRepository>> open(const std::string& directory);
  virtual ~GitRepository() = default;

  virtual const std::string& directory() const = 0;

  // The references below "refs/tags/" and "refs/heads/" that lead to a commit, sorted by name.
  virtual Result<std::vector<GitRef>> refs() const = 0;
  // The branch that HEAD stands for, or HEAD itself where that is a commit. Code::kUnknownVersion where there is none.
  virtual Result<GitRef> head() const = 0;

  // The commit that these hexadecimal digits (7 to 40) begin the name of. Code::kUnknownVersion where there is none,
  // or more than one object.
  virtual Result<GitId> find_commit(std::string_view digits) const = 0;
  virtual Result<bool> has(const GitId& id) const = 0;
  virtual Result<GitCommit> commit(const GitId& id) const = 0;
  virtual Result<std::vector<GitTreeEntry>> tree(const GitId& id) const = 0;
  virtual Result<std::string> blob(const GitId& id) const = 0;
  // Bytes of a blob, found without unpacking it.
  virtual Result<std::uint64_t> blob_size(const GitId& id) const = 0;

  // Shows a commit and its ancestors, the later ones first as far as their times tell, each once, until `visit` returns
  // false. Code::kShallowHistory where the repository was cloned without all of them.
  Result<void> visit_history(const GitId& from, const std::function<bool(const GitId&, const GitCommit&)>& visit) const;

 private:
  virtual bool is_shallow() const = 0;
};

}  // namespace modtool::git
