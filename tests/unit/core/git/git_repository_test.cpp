#include "core/git/git_repository.hpp"

#include <thread>

#include "core/io/file_system.hpp"
#include "tests/support/check.hpp"
#include "tests/support/git_fixture.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool;
using namespace modtool::git;
using test::GitFixture;

namespace {

std::vector<std::string> names_of(const std::vector<GitRef>& refs) {
  std::vector<std::string> names;
  for (const auto& ref : refs) names.push_back(ref.name);
  return names;
}

}  // namespace

TEST_CASE("references lead to commits, annotated tags peeled") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "r");
  const auto first = fixture.commit({{"a", {"1"}}});
  const auto second = fixture.commit({{"a", {"2"}}});
  fixture.tag("v1.0.0", first);
  fixture.annotated_tag("v2.0.0", second);
  fixture.annotated_tag("again", "v2.0.0");
  fixture.tag("tree", fixture.git({"rev-parse", first + "^{tree}"}));
  const auto repository = REQUIRE_OK(GitRepository::open(fixture.directory()));

  const auto refs = REQUIRE_OK(repository->refs());
  CHECK(names_of(refs) ==
        std::vector<std::string>{"refs/heads/main", "refs/tags/again", "refs/tags/v1.0.0", "refs/tags/v2.0.0"});
  CHECK(to_string(refs[0].commit) == second);
  CHECK(to_string(refs[1].commit) == second);
  CHECK(to_string(refs[2].commit) == first);
  CHECK(to_string(refs[3].commit) == second);
  CHECK(REQUIRE_OK(repository->head()) == refs[0]);
}

TEST_CASE("a repository with a work tree is read as it is") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "r", false);
  const auto commit = fixture.commit({{"a", {"1"}}});
  const auto repository = REQUIRE_OK(GitRepository::open(fixture.directory()));
  CHECK(to_string(REQUIRE_OK(repository->head()).commit) == commit);
}

TEST_CASE("only the directory itself is a repository, none above it is looked for") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "r", false);
  fixture.commit({{"a", {"1"}}});
  REQUIRE_OK(io::disk().make_directories(temp / "r/below"));
  CHECK_ERROR(GitRepository::open(temp / "r/below"), Code::kBadGitRepository, "r/below");
  CHECK_ERROR(GitRepository::open(temp / "none"), Code::kBadGitRepository, "none");
}

TEST_CASE("a commit is found by the digits that its name starts with") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "r");
  const auto commit = fixture.commit({{"a", {"1"}}});
  const auto repository = REQUIRE_OK(GitRepository::open(fixture.directory()));
  CHECK(to_string(REQUIRE_OK(repository->find_commit(commit))) == commit);
  CHECK(to_string(REQUIRE_OK(repository->find_commit(commit.substr(0, 7)))) == commit);
  CHECK_ERROR(repository->find_commit(commit.substr(0, 6)), Code::kUnknownVersion, "no commit");
  CHECK_ERROR(repository->find_commit("0000000"), Code::kUnknownVersion, "no commit");
  CHECK_ERROR(repository->find_commit("main"), Code::kUnknownVersion, "no commit");
  CHECK_ERROR(repository->find_commit(fixture.git({"rev-parse", "main^{tree}"})), Code::kUnknownVersion, "no commit");
}

TEST_CASE("objects are read by name, and each kind as what it is") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "r");
  const auto name = fixture.commit({{"a", {"hello"}}, {"d/b", test::executable("x")}});
  const auto repository = REQUIRE_OK(GitRepository::open(fixture.directory()));
  const auto id = *parse_git_id(name);
  const auto commit = REQUIRE_OK(repository->commit(id));
  CHECK(commit.time == test::kGitTime);
  const auto tree = REQUIRE_OK(repository->tree(commit.tree));
  REQUIRE(tree.size() == 2);
  CHECK(REQUIRE_OK(repository->blob(tree[0].id)) == "hello");
  CHECK(REQUIRE_OK(repository->blob_size(tree[0].id)) == 5);
  CHECK_ERROR(repository->blob(id), Code::kBadGitRepository, "is a commit, not a blob");
  CHECK_ERROR(repository->commit(GitId{}), Code::kBadGitRepository, "0000000");
  CHECK(REQUIRE_OK(repository->has(id)));
  CHECK_FALSE(REQUIRE_OK(repository->has(GitId{})));
}

TEST_CASE("history is shown from the latest commit back, each commit once") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "r");
  const auto first = fixture.commit({{"a", {"1"}}}, 100);
  const auto second = fixture.commit({{"a", {"2"}}}, 200);
  fixture.git({"branch", "side", first});
  const auto side = fixture.commit({{"a", {"3"}}}, 150, "side");
  const auto merge = fixture.git({"commit-tree", "-p", second, "-p", side, "-m", "x", second + "^{tree}"});
  const auto repository = REQUIRE_OK(GitRepository::open(fixture.directory()));
  std::vector<std::string> seen;
  REQUIRE_OK(repository->visit_history(*parse_git_id(merge), [&](const GitId& id, const GitCommit&) {
    seen.push_back(to_string(id));
    return true;
  }));
  CHECK(seen == std::vector<std::string>{merge, second, side, first});

  seen.clear();
  REQUIRE_OK(repository->visit_history(*parse_git_id(merge), [&](const GitId& id, const GitCommit&) {
    seen.push_back(to_string(id));
    return false;
  }));
  CHECK(seen == std::vector<std::string>{merge});
}

TEST_CASE("history that a shallow clone lacks is an error that says how to get it") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "r");
  fixture.commit({{"a", {"1"}}});
  const auto last = fixture.commit({{"a", {"2"}}});
  fixture.git({"clone", "--quiet", "--bare", "--depth=1", "file://" + fixture.directory(), temp / "shallow"});
  const auto repository = REQUIRE_OK(GitRepository::open(temp / "shallow"));
  const auto outcome =
      repository->visit_history(*parse_git_id(last), [](const GitId&, const GitCommit&) { return true; });
  CHECK_ERROR(outcome, Code::kShallowHistory, "shallow clone");
  CHECK(to_command(outcome.error().fix).find("fetch --unshallow") != std::string::npos);
}

TEST_CASE("one repository serves several threads") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "r");
  test::GitFiles files;
  for (int i = 0; i < 50; ++i) files["f" + std::to_string(i)] = {"content " + std::to_string(i)};
  const auto commit = fixture.commit(files);
  const auto repository = REQUIRE_OK(GitRepository::open(fixture.directory()));
  std::atomic<int> good = 0;
  const auto work = [&] {
    for (int round = 0; round < 20; ++round) {
      const auto refs = repository->refs();
      const auto read = repository->commit(*parse_git_id(commit));
      const auto tree = repository->tree(read->tree);
      for (const auto& entry : *tree) good += repository->blob(entry.id)->starts_with("content") ? 1 : 0;
      good += refs->size() == 1 ? 1 : 0;
    }
  };
  {
    const std::jthread one(work);
    const std::jthread two(work);
    work();
  }
  CHECK(good == 3 * 20 * 51);
}

// libgit2 would not come back from such an object.
TEST_CASE("a loose object that is cut off or damaged is an error, in a repository that lends objects, too") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "r");
  const auto commit = fixture.commit({{"a", {std::string(1000, 'x')}}});
  const auto file = temp / ("r/objects/" + commit.substr(0, 2) + "/" + commit.substr(2));
  const std::string whole = REQUIRE_OK(io::disk().read(file).required());
  fixture.git({"clone", "--quiet", "--bare", "--shared", temp / "r", temp / "borrower"});
  std::string damaged = whole;
  damaged[whole.size() / 2] ^= 0x10;
  for (const std::string& bytes : {std::string(), whole.substr(0, 1), whole.substr(0, whole.size() / 2), damaged}) {
    REQUIRE_OK(io::disk().remove_all(file));
    REQUIRE_OK(io::disk().write_new(file, bytes));
    for (const auto* name : {"r", "borrower"}) {
      const auto repository = REQUIRE_OK(GitRepository::open(temp / name));
      CHECK_ERROR(repository->commit(*parse_git_id(commit)), Code::kBadGitRepository, commit);
      CHECK_ERROR(repository->has(*parse_git_id(commit)), Code::kBadGitRepository, commit);
      CHECK_ERROR(repository->find_commit(commit.substr(0, 9)), Code::kBadGitRepository, commit.substr(0, 9));
      CHECK_ERROR(repository->blob_size(*parse_git_id(commit)), Code::kBadGitRepository, commit);
    }
  }
}
