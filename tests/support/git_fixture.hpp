// Git repositories for tests, made by the git program: fixed author and dates, no configuration of the machine.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace modtool::test {

struct GitFile {
  std::string bytes;  // of a submodule its commit
  std::string mode = "100644";
};

using GitFiles = std::map<std::string, GitFile>;

GitFile executable(std::string bytes);
GitFile symlink(std::string target);
GitFile submodule();

inline constexpr std::int64_t kGitTime = 1672628645;  // 2023-01-02T03:04:05Z

class GitFixture {
 public:
  // A new repository at a directory that does not exist yet, its default branch "main".
  explicit GitFixture(std::string directory, bool bare = true);

  const std::string& directory() const { return directory_; }

  // Runs git in the repository and gives what it printed, less the last line end. The test fails where git does.
  std::string git(const std::vector<std::string>& arguments, const std::string& input = "") const;

  // Puts a commit with just these files on top of a branch, and gives its name. `when`: seconds since 1970.
  std::string commit(const GitFiles& files, std::int64_t when = kGitTime, const std::string& branch = "main") const;
  void tag(const std::string& name, const std::string& commit) const;
  void annotated_tag(const std::string& name, const std::string& commit) const;

 private:
  std::string directory_;
};

}  // namespace modtool::test
