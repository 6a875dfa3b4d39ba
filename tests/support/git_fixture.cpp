#include "tests/support/git_fixture.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/io/process.hpp"
#include "tests/support/check.hpp"

namespace modtool::test {
namespace {

const std::vector<std::string>& environment() {
  static const std::vector<std::string> kEnvironment = {
      "PATH=/usr/bin:/bin",
      "HOME=/nonexistent",
      "LC_ALL=C",
      "GIT_CONFIG_GLOBAL=/dev/null",
      "GIT_CONFIG_NOSYSTEM=1",
      "GIT_AUTHOR_NAME=Tester",
      "GIT_AUTHOR_EMAIL=tester@example.com",
      fmt::format("GIT_AUTHOR_DATE={} +0000", kGitTime),
      "GIT_COMMITTER_NAME=Tester",
      "GIT_COMMITTER_EMAIL=tester@example.com",
      fmt::format("GIT_COMMITTER_DATE={} +0000", kGitTime),
  };
  return kEnvironment;
}

std::string quoted_name(const std::string& name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    if (c == '\n') {
      text += "\\n";
    } else {
      text += c;
    }
  }
  return text + "\"";
}

}  // namespace

GitFile executable(std::string bytes) { return {std::move(bytes), "100755"}; }
GitFile symlink(std::string target) { return {std::move(target), "120000"}; }
GitFile submodule() { return {"0123456789012345678901234567890123456789", "160000"}; }

GitFixture::GitFixture(std::string directory, bool bare) : directory_(std::move(directory)) {
  std::vector<std::string> command = {"/usr/bin/git", "init", "--quiet", "--initial-branch=main", directory_};
  if (bare) command.emplace_back("--bare");
  const Cancellation cancellation;
  const auto made = REQUIRE_OK(io::run_child(command, environment(), "", {}, cancellation));
  REQUIRE_MESSAGE(made.status == 0, made.err);
}

std::string GitFixture::git(const std::vector<std::string>& arguments, const std::string& input) const {
  std::vector<std::string> command = {"/usr/bin/git", "-C", directory_};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const Cancellation cancellation;
  auto ran = REQUIRE_OK(io::run_child(command, environment(), input, {}, cancellation));
  REQUIRE_MESSAGE(ran.status == 0, ran.err);
  if (ran.out.ends_with('\n')) ran.out.pop_back();
  return std::move(ran.out);
}

std::string GitFixture::commit(const GitFiles& files, std::int64_t when, const std::string& branch) const {
  const std::string ref = "refs/heads/" + branch;
  std::string stream = fmt::format("commit {}\ncommitter Tester <tester@example.com> {} +0000\ndata 1\nx\n", ref, when);
  const std::string before = git({"for-each-ref", "--format=%(objectname)", ref});
  if (!before.empty()) stream += fmt::format("from {}\n", before);
  stream += "deleteall\n";
  for (const auto& [name, file] : files) {
    if (file.mode == "160000") {
      stream += fmt::format("M 160000 {} {}\n", file.bytes, quoted_name(name));
    } else {
      stream +=
          fmt::format("M {} inline {}\ndata {}\n{}\n", file.mode, quoted_name(name), file.bytes.size(), file.bytes);
    }
  }
  git({"fast-import", "--quiet", "--force"}, stream);
  return git({"rev-parse", ref});
}

void GitFixture::tag(const std::string& name, const std::string& commit) const {
  git({"update-ref", "refs/tags/" + name, commit});
}

void GitFixture::annotated_tag(const std::string& name, const std::string& commit) const {
  git({"tag", "-a", "-m", "x", name, commit});
}

}  // namespace modtool::test
