// A native project that requires one module of a Git repository, and a user with a home directory of their own.
#pragma once

#include <string>
#include <vector>

#include "tests/process/running_program.hpp"
#include "tests/support/git_fixture.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::test {

class GitProject {
 public:
  GitProject();

  // Where repositories are served from; the module's is owner/repo below it.
  std::string base() const { return directory_ / "served"; }
  std::string home() const { return directory_ / "home"; }
  std::string root() const { return directory_ / "project"; }
  const GitFixture& repository() const { return repository_; }

  // What stands for https://example.com/ in the user's Git configuration; `more` is added to that.
  void lead_to(const std::string& url, const std::string& more = "") const;
  // A file of the home directory.
  void write_home(const std::string& name, const std::string& text, int mode = 0600) const;
  std::string read_home(const std::string& name) const;

  // `modtool WORDS…`, with a cache, and as it was before (`forget`) with neither cache nor lock.
  Outcome run(const std::vector<std::string>& words) const;
  Start start(const std::vector<std::string>& words) const;
  void forget() const;
  // modtool.lock; empty where there is none.
  std::string lock() const;
  // The lock that a run with the repository of this machine makes.
  std::string local_lock() const;
  // Packs and other parts of fetched repositories whose writer has not ended.
  std::vector<std::string> unfinished() const;

  Environment environment;  // of `run`

 private:
  TempDirectory directory_;
  GitFixture repository_;
};

}  // namespace modtool::test
