#include "core/git/git_object.hpp"

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::git;

namespace {

const std::string kId = "0123456789abcdef0123456789abcdef01234567";

std::string raw_id() {
  const auto id = *parse_git_id(kId);
  return {id.bytes.begin(), id.bytes.end()};
}

std::string entry(const std::string& mode, const std::string& name) {
  return mode + " " + name + std::string(1, '\0') + raw_id();
}

}  // namespace

TEST_CASE("an object's name is 40 digits in lower case") {
  CHECK(to_string(*parse_git_id(kId)) == kId);
  CHECK_FALSE(parse_git_id(kId.substr(1)));
  CHECK_FALSE(parse_git_id(kId + "0"));
  CHECK_FALSE(parse_git_id("0123456789ABCDEF0123456789abcdef01234567"));
}

TEST_CASE("a tree lists names, kinds and objects") {
  const auto id = *parse_git_id(kId);
  const auto entries = REQUIRE_OK(parse_git_tree(entry("100644", "a b") + entry("100755", "b") + entry("100664", "c") +
                                                 entry("120000", "d") + entry("40000", "e") + entry("160000", "f")));
  CHECK(entries == std::vector<GitTreeEntry>{{"a b", GitEntryKind::kFile, id},
                                             {"b", GitEntryKind::kExecutable, id},
                                             {"c", GitEntryKind::kFile, id},
                                             {"d", GitEntryKind::kSymlink, id},
                                             {"e", GitEntryKind::kDirectory, id},
                                             {"f", GitEntryKind::kSubmodule, id}});
}

// CVE-2018-11235, CVE-2024-32002 and their like: names that lead out of the tree or into a repository.
TEST_CASE("a tree with a name that is no path element is refused") {
  for (const std::string name : {"", ".", "..", ".git", ".GIT", "git~1", "GIT~1", "a/b", "/a"}) {
    CAPTURE(name);
    CHECK_ERROR(parse_git_tree(entry("100644", name)), Code::kBadGitRepository, "an entry is named");
  }
}

TEST_CASE("a malformed tree is an error") {
  CHECK_ERROR(parse_git_tree("100644"), Code::kBadGitRepository, "no name");
  CHECK_ERROR(parse_git_tree("100644 a"), Code::kBadGitRepository, "no name");
  CHECK_ERROR(parse_git_tree(std::string("100644 a\0short", 14)), Code::kBadGitRepository, "ends early");
  CHECK_ERROR(parse_git_tree(entry("020000", "a")), Code::kBadGitRepository, "mode");
  CHECK_ERROR(parse_git_tree(entry("100944", "a")), Code::kBadGitRepository, "mode");
}

TEST_CASE("a commit has a tree, parents and a time") {
  const std::string people = "author A <a@b> 1 +0000\ncommitter A <a> b> 1672628645 +0100\n\ntext\n";
  const auto commit =
      REQUIRE_OK(parse_git_commit("tree " + kId + "\nparent " + kId + "\nparent " + kId + "\n" + people));
  CHECK(to_string(commit.tree) == kId);
  CHECK(commit.parents.size() == 2);
  CHECK(commit.time == 1672628645);
  CHECK(REQUIRE_OK(parse_git_commit("tree " + kId + "\n" + people)).parents.empty());
  CHECK_ERROR(parse_git_commit("parent " + kId + "\n"), Code::kBadGitRepository, "no tree");
  CHECK_ERROR(parse_git_commit("tree " + kId + "\nparent x\n" + people), Code::kBadGitRepository, "parent");
  CHECK_ERROR(parse_git_commit("tree " + kId + "\n"), Code::kBadGitRepository, "no time");
  CHECK_ERROR(parse_git_commit("tree " + kId + "\nauthor a <> 1 +0\ncommitter a <> soon\n"), Code::kBadGitRepository,
              "no time");
}

TEST_CASE("an annotated tag leads to an object of some kind") {
  const auto tag = REQUIRE_OK(parse_git_tag("object " + kId + "\ntype tree\ntag v1\n"));
  CHECK(to_string(tag.target) == kId);
  CHECK(tag.kind == GitObjectKind::kTree);
  CHECK_ERROR(parse_git_tag("object " + kId + "\ntype boat\n"), Code::kBadGitRepository, "leads nowhere");
  CHECK_ERROR(parse_git_tag(""), Code::kBadGitRepository, "leads nowhere");
}
