#include "core/git/git_source.hpp"

#include "tests/support/check.hpp"
#include "tests/support/git_fixture.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool;
using namespace modtool::git;
using module::ModuleVersion;
using test::GitFixture;

namespace {

const std::string kPath = "example.com/owner/repo";

// Repositories below a directory that stands for https://example.com/.
class Host {
 public:
  Host() {
    options_.manifest_name = "modtool.json";
    options_.directory = temp_.path();
    config_.rewrites = {{temp_.path() + "/", "https://example.com/"}};
    options_.config = [this] { return &config_; };
    options_.describe = [this](const std::string& path) {
      const auto found = descriptions.find(path);
      return found == descriptions.end() ? nullptr : &found->second;
    };
    options_.locked = [this](const ModuleVersion& module) {
      const auto found = locked.find(module);
      return found == locked.end() ? nullptr : &found->second;
    };
    options_.synthesise = [](const ModuleVersion& module) { return "made for " + to_string(module); };
  }

  std::unique_ptr<GitSource> source() const { return make_git_source(options_); }
  const GitFixture& repository() const { return repository_; }

  manifest::Descriptions descriptions;
  std::map<ModuleVersion, manifest::LockedModule> locked;

 private:
  test::TempDirectory temp_;
  GitFixture repository_{temp_ / "owner/repo"};
  GitConfig config_;
  GitSourceOptions options_;
};

using Versions = std::vector<std::string>;

std::string pseudo(const std::string& prefix, const std::string& commit) {
  return prefix + "20230102030405-" + commit.substr(0, 12);
}

}  // namespace

TEST_CASE("the versions of a module are its repository's tags, in the order of versions") {
  const Host host;
  const auto commit = host.repository().commit({{"a", {"1"}}});
  for (const std::string tag : {"v1.10.0", "1.9", "v2.0.0-rc.1", "v2.0.0", "latest-build", "v3", "1.2.3.4"}) {
    host.repository().tag(tag, commit);
  }
  CHECK(REQUIRE_OK(host.source()->versions(kPath)) == Versions{"v1.9.0", "v1.10.0", "v2.0.0-rc.1", "v2.0.0"});
}

TEST_CASE("a version has a pin, files, a time and a manifest") {
  const Host host;
  const auto& repository = host.repository();
  const auto commit = repository.commit({{"a", {"1"}}, {"modtool.json", {"{}"}}});
  repository.annotated_tag("1.0", commit);
  const auto source = host.source();
  const ModuleVersion module{kPath, "v1.0.0"};
  CHECK(REQUIRE_OK(source->pin(module)) ==
        manifest::GitPin{"refs/tags/1.0", commit, repository.git({"rev-parse", commit + "^{tree}"})});
  CHECK(REQUIRE_OK(REQUIRE_OK(source->tree(module))->read("a")) == "1");
  CHECK(REQUIRE_OK(source->time(module)) == test::kGitTime);
  CHECK(REQUIRE_OK(source->manifest(module)) == "{}");
  CHECK(REQUIRE_OK(source->stat(kPath, "v1.0.0")) ==
        source::VersionInfo{.version = "v1.0.0", .time = "2023-01-02T03:04:05Z"});
}

TEST_CASE("a module without a manifest has the one that is made for it") {
  const Host host;
  host.repository().tag("v1.0.0", host.repository().commit({{"a", {"1"}}}));
  CHECK(REQUIRE_OK(host.source()->manifest({kPath, "v1.0.0"})) == "made for " + kPath + "@v1.0.0");
}

TEST_CASE("a manifest that is no file is an error, not an absent one") {
  const Host host;
  host.repository().tag("v1.0.0", host.repository().commit({{"modtool.json", test::symlink("/etc/passwd")}}));
  CHECK_ERROR(host.source()->manifest({kPath, "v1.0.0"}), Code::kGitLink, "modtool.json");
}

TEST_CASE("two tags for one version are one where they lead to one commit, and an error that names both elsewhere") {
  Host host;
  const auto& repository = host.repository();
  const auto first = repository.commit({{"a", {"1"}}});
  const auto second = repository.commit({{"a", {"2"}}});
  repository.tag("v1.12.0", first);
  repository.annotated_tag("release-1.12.0", first);
  repository.tag("v1.13.0", first);
  repository.tag("release-1.13.0", second);
  host.descriptions[kPath].tags = {"v{version}", "release-{version}"};
  const auto source = host.source();
  CHECK(REQUIRE_OK(source->versions(kPath)) == Versions{"v1.12.0", "v1.13.0"});
  CHECK(REQUIRE_OK(source->pin({kPath, "v1.12.0"})).ref == "refs/tags/v1.12.0");
  const auto ambiguous = source->pin({kPath, "v1.13.0"});
  CHECK_ERROR(ambiguous, Code::kAmbiguousTag, "refs/tags/v1.13.0 to " + first);
  CHECK_ERROR(ambiguous, Code::kAmbiguousTag, "refs/tags/release-1.13.0 to " + second);
}

TEST_CASE("a module in a directory has its own tags, or the repository's where it has none") {
  const Host host;
  const auto& repository = host.repository();
  const auto first = repository.commit({{"lib/a", {"1"}}, {"b", {"1"}}});
  const auto second = repository.commit({{"lib/a", {"2"}}, {"b", {"2"}}});
  repository.tag("v1.0.0", second);
  repository.tag("v2.0.0", second);
  CHECK(REQUIRE_OK(host.source()->versions(kPath + "/lib")) == Versions{"v1.0.0", "v2.0.0"});

  repository.tag("lib/v1.0.0", first);
  const auto source = host.source();
  CHECK(REQUIRE_OK(source->versions(kPath + "/lib")) == Versions{"v1.0.0"});
  CHECK(REQUIRE_OK(REQUIRE_OK(source->tree({kPath + "/lib", "v1.0.0"}))->read("a")) == "1");
  CHECK(REQUIRE_OK(source->versions(kPath)) == Versions{"v1.0.0", "v2.0.0"});
}

TEST_CASE("the latest version is the highest release, then the highest pre-release, then the default branch") {
  const Host host;
  const auto& repository = host.repository();
  const auto commit = repository.commit({{"a", {"1"}}});
  const auto latest = [&] { return REQUIRE_OK(host.source()->stat(kPath, "latest")).version; };
  CHECK(latest() == pseudo("v0.0.0-", commit));
  const auto second = repository.commit({{"a", {"2"}}});
  repository.tag("v2.0.0-rc.1", commit);
  CHECK(latest() == "v2.0.0-rc.1");
  repository.tag("v1.0.0", second);
  CHECK(latest() == "v1.0.0");
}

TEST_CASE("tags, branches and commits are queries that give a version") {
  const Host host;
  const auto& repository = host.repository();
  const auto first = repository.commit({{"a", {"1"}}});
  const auto second = repository.commit({{"a", {"2"}}});
  repository.tag("1.0.0", first);
  repository.tag("nightly", second);
  const auto source = host.source();
  const auto version_of = [&](const std::string& query) { return REQUIRE_OK(source->stat(kPath, query)).version; };
  CHECK(version_of("1.0.0") == "v1.0.0");
  CHECK(version_of(first) == "v1.0.0");
  CHECK(version_of(first.substr(0, 8)) == "v1.0.0");
  for (const std::string& query : {std::string("main"), std::string("nightly"), second}) {
    CHECK(version_of(query) == pseudo("v1.0.1-0.", second));
  }
  CHECK(REQUIRE_OK(source->pin({kPath, pseudo("v1.0.1-0.", second)})).commit == second);
  CHECK(REQUIRE_OK(source->pin({kPath, pseudo("v1.0.1-0.", second)})).ref.empty());
  CHECK_ERROR(source->stat(kPath, "nowhere"), Code::kUnknownVersion, "nowhere: no tag or branch");
  CHECK_ERROR(source->stat(kPath, "-oops"), Code::kBadVersion, "-oops");
  CHECK_ERROR(source->stat(kPath, "v1"), Code::kUnknownVersion, "no whole version");
  CHECK_ERROR(source->stat(kPath, "v9.9.9"), Code::kUnknownVersion, "no tag stands for v9.9.9");
}

// CVE-2022-23773, golang/go#35671
TEST_CASE("a branch that is called like a release is never one") {
  const Host host;
  const auto& repository = host.repository();
  const auto commit = repository.commit({{"a", {"1"}}});
  repository.git({"branch", "v1.0.0", commit});
  repository.git({"branch", "2.0.0", commit});
  CHECK(REQUIRE_OK(host.source()->versions(kPath)).empty());
  CHECK_ERROR(host.source()->stat(kPath, "v1.0.0"), Code::kUnknownVersion, "a branch is called so");
  CHECK_ERROR(host.source()->pin({kPath, "v2.0.0"}), Code::kUnknownVersion, "a branch is called so");

  const auto tagged = repository.commit({{"a", {"2"}}});
  repository.tag("v1.0.0", tagged);
  CHECK(REQUIRE_OK(host.source()->pin({kPath, "v1.0.0"})).commit == tagged);
  CHECK(REQUIRE_OK(host.source()->stat(kPath, "2.0.0")).version == pseudo("v0.0.0-", commit));
}

TEST_CASE("a locked module is read at its commit, whatever tags are added") {
  Host host;
  const auto& repository = host.repository();
  const auto commit = repository.commit({{"a", {"1"}}});
  repository.tag("1.0.0", commit);
  const ModuleVersion module{kPath, "v1.0.0"};
  host.locked[module].git = REQUIRE_OK(host.source()->pin(module));
  repository.tag("v1.0.0", commit);
  CHECK(REQUIRE_OK(host.source()->pin(module)).ref == "refs/tags/1.0.0");

  repository.git({"update-ref", "-d", "refs/tags/1.0.0"});
  CHECK(REQUIRE_OK(REQUIRE_OK(host.source()->tree(module))->read("a")) == "1");
}

TEST_CASE("a tag that moved since it was locked is told with both commits and the number of files") {
  Host host;
  const auto& repository = host.repository();
  const auto old_commit = repository.commit({{"a", {"1"}}, {"d/b", {"1"}}, {"d/c", {"1"}}, {"same/x", {"1"}}});
  repository.tag("v1.0.0", old_commit);
  const ModuleVersion module{kPath, "v1.0.0"};
  host.locked[module].git = REQUIRE_OK(host.source()->pin(module));

  const auto now = repository.commit({{"a", {"2"}}, {"d", {"file"}}, {"same/x", {"1"}}});
  repository.tag("v1.0.0", now);
  const auto moved = host.source()->tree(module);
  CHECK_ERROR(moved, Code::kRefMoved, old_commit + ", now to " + now);
  CHECK_ERROR(moved, Code::kRefMoved, "4 files changed");
}

TEST_CASE("a locked commit that is gone, or has another tree than the locked one, is told") {
  Host host;
  const auto& repository = host.repository();
  const auto commit = repository.commit({{"a", {"1"}}});
  repository.tag("v1.0.0", commit);
  const ModuleVersion module{kPath, "v1.0.0"};
  const auto pin = REQUIRE_OK(host.source()->pin(module));

  host.locked[module].git = {"", std::string(40, '1'), pin.tree};
  CHECK_ERROR(host.source()->tree(module), Code::kCommitGone, std::string(40, '1'));
  host.locked[module].git = {pin.ref, commit, std::string(40, '2')};
  CHECK_ERROR(host.source()->tree(module), Code::kChecksumMismatch, std::string(40, '2'));
  host.locked[module].git = {pin.ref, "-x", pin.tree};
  CHECK_ERROR(host.source()->tree(module), Code::kBadVersion, "-x");
}

TEST_CASE("what is described of a module decides how its tree is read") {
  Host host;
  host.repository().tag("v1.0.0", host.repository().commit({{"a", {"1"}}, {"s", test::submodule()}}));
  const ModuleVersion module{kPath, "v1.0.0"};
  CHECK_ERROR(host.source()->tree(module), Code::kGitSubmodule, "s");
  host.descriptions[kPath].submodules = manifest::Submodules::kIgnore;
  CHECK(REQUIRE_OK(host.source()->find_module(module)).submodules_left_out == 1);
}

TEST_CASE("a repository that would need the network is an error of a source without one") {
  const Host host;
  CHECK_ERROR(host.source()->versions("other.example/a/b"), Code::kUnsupportedScheme, "https://other.example/a/b");
}

TEST_CASE("two paths that lead to one repository have one identity") {
  Host host;
  host.descriptions["alias.example/x/y"].git = "https://example.com/owner/repo.git";
  const auto source = host.source();
  CHECK(REQUIRE_OK(source->identity(kPath)) == REQUIRE_OK(source->identity("alias.example/x/y")));
  CHECK(REQUIRE_OK(source->identity(kPath)) != REQUIRE_OK(source->identity(kPath + "/lib")));
}
