#include "core/git/git_pseudo_version.hpp"

#include "core/module/semver.hpp"
#include "tests/support/check.hpp"
#include "tests/support/git_fixture.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool;
using namespace modtool::git;
using test::GitFixture;

namespace {

const GitId kId = *parse_git_id("0123456789abcdef0123456789abcdef01234567");

std::string format(const std::string& base, std::int64_t time = test::kGitTime) {
  return REQUIRE_OK(format_pseudo_version(base, time, kId));
}

// A repository whose tags are looked at anew for every question.
class Tagged {
 public:
  const GitFixture& fixture() const { return fixture_; }
  std::string version_of(const std::string& commit) const {
    const auto repository = REQUIRE_OK(GitRepository::open(fixture_.directory()));
    return REQUIRE_OK(pseudo_version_of(*repository, *parse_git_id(commit), tags(*repository)));
  }
  Result<GitId> find(const std::string& version) const {
    const auto repository = REQUIRE_OK(GitRepository::open(fixture_.directory()));
    return find_pseudo_version(*repository, version, tags(*repository));
  }

 private:
  static VersionTags tags(const GitRepository& repository) {
    return {REQUIRE_OK(repository.refs()), REQUIRE_OK(TagTemplates::parse({}, ""))};
  }

  test::TempDirectory temp_;
  GitFixture fixture_{temp_ / "r"};
};

std::string ending(const std::string& commit) { return "20230102030405-" + commit.substr(0, 12); }

}  // namespace

TEST_CASE("a pseudo-version lies just above its base") {
  CHECK(format("") == "v0.0.0-20230102030405-0123456789ab");
  CHECK(format("v1.2.3") == "v1.2.4-0.20230102030405-0123456789ab");
  CHECK(format("v1.2.99") == "v1.2.100-0.20230102030405-0123456789ab");
  CHECK(format("v1.2.9999999999999999999999") == "v1.2.10000000000000000000000-0.20230102030405-0123456789ab");
  CHECK(format("v1.3.0-rc.1") == "v1.3.0-rc.1.0.20230102030405-0123456789ab");
  CHECK(format("", 0) == "v0.0.0-19700101000000-0123456789ab");
  for (const std::string base : {"", "v1.2.3", "v1.3.0-rc.1"}) CHECK(module::is_pseudo_version(format(base)));
  CHECK_ERROR(format_pseudo_version("", -1, kId), Code::kBadGitRepository, "no usable time");
  CHECK_ERROR(format_pseudo_version("", INT64_MAX, kId), Code::kBadGitRepository, "no usable time");
}

TEST_CASE("times are told in UTC") {
  CHECK(format_git_time(test::kGitTime) == "2023-01-02T03:04:05Z");
  CHECK(format_git_time(253402300799) == "9999-12-31T23:59:59Z");
  CHECK(format_git_time(253402300800).empty());
  CHECK(format_git_time(-1).empty());
}

TEST_CASE("the base is the highest version that tags an ancestor, not the nearest, and none of another branch") {
  const Tagged repository;
  const auto& fixture = repository.fixture();
  const auto first = fixture.commit({{"a", {"1"}}});
  const auto second = fixture.commit({{"a", {"2"}}});
  const auto third = fixture.commit({{"a", {"3"}}});
  CHECK(repository.version_of(third) == "v0.0.0-" + ending(third));

  fixture.tag("v1.10.0", first);
  fixture.tag("v1.9.0", second);
  CHECK(repository.version_of(third) == "v1.10.1-0." + ending(third));

  fixture.git({"branch", "side", first});
  fixture.tag("v2.0.0", fixture.commit({{"a", {"4"}}}, test::kGitTime, "side"));
  CHECK(repository.version_of(third) == "v1.10.1-0." + ending(third));
  fixture.annotated_tag("v2.0.0-rc.1", second);
  CHECK(repository.version_of(third) == "v2.0.0-rc.1.0." + ending(third));
}

TEST_CASE("a pseudo-version is found by its commit if it is made as it must be") {
  const Tagged repository;
  const auto& fixture = repository.fixture();
  const auto first = fixture.commit({{"a", {"1"}}});
  const auto second = fixture.commit({{"a", {"2"}}});
  fixture.tag("v1.2.0", first);
  fixture.tag("v1.1.0", first);
  for (const std::string prefix : {"v0.0.0-", "v1.2.1-0.", "v1.1.1-0."}) {
    CHECK(to_string(REQUIRE_OK(repository.find(prefix + ending(second)))) == second);
  }
  CHECK_ERROR(repository.find("v9.9.9-0." + ending(second)), Code::kUnknownVersion, "no tag before the commit");
  CHECK_ERROR(repository.find("v1.2.1-0.20230102030406-" + second.substr(0, 12)), Code::kUnknownVersion,
              "the commit's time is 20230102030405");
  CHECK_ERROR(repository.find("v0.0.0-20230102030405-" + second.substr(0, 11)), Code::kUnknownVersion, "12 digits");
  CHECK_ERROR(repository.find("v0.0.0-20230102030405-000000000000"), Code::kUnknownVersion, "no commit");
}
