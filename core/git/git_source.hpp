// The module source of the native dialect: modules that live in Git repositories, their versions being tags.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/git/git_config.hpp"
#include "core/git/git_origin.hpp"
#include "core/git/git_tree.hpp"
#include "core/git/git_url.hpp"
#include "core/manifest/description.hpp"
#include "core/manifest/lock.hpp"
#include "core/source/locking_source.hpp"

namespace modtool::git {

// Code::kUnsupportedScheme: for a source that knows local repositories only.
Result<std::unique_ptr<GitOrigin>> refuse_git_remote(const GitUrl& url);

// An empty configuration.
Result<const GitConfig*> no_git_config();

struct GitSourceOptions {
  std::string manifest_name;  // of a module's own manifest, in its directory
  std::string directory;      // what a relative path to a local repository is relative to
  bool offline = false;       // a locked commit that a local repository has is taken, wherever its tag leads now

  // The user's configuration, asked for with the first path; what it gives outlives the source.
  std::function<Result<const GitConfig*>()> config = no_git_config;

  // What is described of a path; nullptr: nothing. This and the following may be called from any thread, and what they
  // give outlives the source.
  std::function<const manifest::Description*(const std::string& path)> describe = [](const auto&) { return nullptr; };
  // What is locked of a module; nullptr: nothing, its version is looked up, as where it has no commit.
  std::function<const manifest::LockedModule*(const module::ModuleVersion&)> locked = [](const auto&) {
    return nullptr;
  };
  // The bytes of a manifest for a module that has none of its own.
  std::function<std::string(const module::ModuleVersion&)> synthesise = [](const auto&) { return std::string(); };
  // The origin of a repository that is not of this machine.
  std::function<Result<std::unique_ptr<GitOrigin>>(const GitUrl&)> connect = refuse_git_remote;
};

// Queries that `stat` knows besides versions and "latest": tags, branches and commits (7 to 40 digits), in this order.
// A version is a tag always, never a branch that is called like one; "v1" and "v1.2" are ranges, which are the
// caller's. A version that the repository does not have is Code::kUnknownVersion: a Git repository is the one authority
// for its modules, there is no next source to ask.
//
// A module with a locked pin is read at its commit whatever its tag says now. Where the repository is asked anyway (a
// local one, unless offline, or one whose commit is not in the cache) and the tag has moved: Code::kRefMoved.
// Code::kCommitGone where the commit is no longer there.
class GitSource : public source::LockingSource {
 public:
  // Where a version is found, the locked place where there is one.
  virtual Result<manifest::GitPin> pin(const module::ModuleVersion& module) = 0;
  // The time of the commit, seconds since 1970.
  virtual Result<std::int64_t> time(const module::ModuleVersion& module) = 0;
  // "repository//directory" (GitUrl::identity).
  Result<std::string> identity(const std::string& path) override = 0;
};

std::unique_ptr<GitSource> make_git_source(GitSourceOptions options);

}  // namespace modtool::git
