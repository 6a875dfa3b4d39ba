#include "core/resolve/version_finder.hpp"

#include <algorithm>
#include <map>

#include "core/base/text.hpp"
#include "core/gomod/go_dialect.hpp"
#include "core/native/native_dialect.hpp"
#include "tests/support/check.hpp"

namespace modtool::resolve {
namespace {

using manifest::Manifest;
using module::ModuleVersion;
using source::VersionInfo;

const std::string kPath = "example.com/a";
const auto kGo = gomod::make_go_dialect("1.22.0");
const auto kNative = native::make_native_dialect("0.1.0");

std::vector<std::string> words(std::string_view text) {
  const auto fields = split_fields(text);
  return {fields.begin(), fields.end()};
}

// A source of example.com/a alone. A version in its list was committed in the year 2000 plus its minor number.
class FakeSource final : public source::ModuleSource {
 public:
  explicit FakeSource(std::string_view versions) : versions_(words(versions)) {}

  std::map<std::string, std::string> manifests;  // by version; any other is empty but for the module line
  std::map<std::string, VersionInfo> infos;      // by query, beside the versions of the list
  std::optional<Error> failure;                  // of every list
  std::optional<Error> manifest_failure;         // of every manifest
  std::vector<std::string> asked_manifests;      // versions

  Result<std::vector<std::string>> versions(const std::string& path) override {
    REQUIRE(path == kPath);
    if (failure) return fail(*failure);
    return versions_;
  }
  Result<VersionInfo> stat(const std::string& path, const std::string& query) override {
    REQUIRE(path == kPath);
    if (const auto found = infos.find(query); found != infos.end()) return found->second;
    if (std::ranges::find(versions_, query) == versions_.end()) return fail(Code::kNotFound, "no " + query);
    return VersionInfo{.version = query, .time = "200" + query.substr(3, 1) + "-01-01T00:00:00Z"};
  }
  Result<std::string> manifest(const ModuleVersion& module) override {
    asked_manifests.push_back(module.version);
    if (manifest_failure) return fail(*manifest_failure);
    const auto found = manifests.find(module.version);
    return found == manifests.end() ? "module example.com/a\n" : found->second;
  }
  Result<std::shared_ptr<const module::ModuleTree>> tree(const ModuleVersion&) override {
    return fail(Code::kInternal, "nobody needs files to choose a version");
  }

 private:
  std::vector<std::string> versions_;
};

Result<std::string> find(FakeSource& source, std::string_view query, const std::string& current = "",
                         const Manifest& root = {}, const manifest::Dialect& dialect = *kGo) {
  return VersionFinder(source, dialect, root).find(kPath, REQUIRE_OK(parse_version_query(query)), current);
}

std::string lines(const Result<std::vector<std::string>>& versions) { return join(REQUIRE_OK(versions), " "); }

const std::string kRetracting = "module example.com/a\nretract v1.2.0 // oops\nretract [v1.4.0, v1.5.0]\n";

TEST_CASE("a query finds the version that it stands for") {
  struct Case {
    std::string_view query;
    std::string current;
    std::string_view found;
  };
  const Case cases[] = {
      {"none", "v1.0.0", ""},
      {"v1.1.0", "", "v1.1.0"},
      {"v1.1.0+build", "", "v1.1.0"},
      {"latest", "", "v1.3.0"},
      {"latest", "v1.4.0-rc.1", "v1.3.0"},
      {"", "", "v1.3.0"},
      {"upgrade", "v1.0.0", "v1.3.0"},
      {"upgrade", "v1.4.0-rc.1", "v1.4.0-rc.1"},
      {"patch", "v1.1.0", "v1.1.1"},
      {"patch", "v1.3.0", "v1.3.0"},
      {"v1.1", "", "v1.1.1"},
      {"v1", "", "v1.3.0"},
      {"<v1.1.0", "v1.3.0", "v1.0.0"},
      {"<=v1.1.0", "", "v1.1.0"},
      {">v1.1.1", "", "v1.3.0"},
      {">=v1.0.0", "", "v1.0.0"},
      {">v1.3.0", "", "v1.4.0-rc.1"},
  };
  FakeSource source("v1.0.0 v1.1.0 v1.1.1 v1.3.0 v1.4.0-rc.1");
  for (const auto& [query, current, found] : cases) {
    INFO(query << " at " << current);
    CHECK(REQUIRE_OK(find(source, query, current)) == found);
  }
}

TEST_CASE("a revision is what the source makes of it") {
  FakeSource source("v1.0.0");
  source.infos["main"] = {.version = "v1.0.1-0.20240102030405-abcdefabcdef"};
  CHECK(REQUIRE_OK(find(source, "main")) == "v1.0.1-0.20240102030405-abcdefabcdef");
  CHECK_ERROR(find(source, "other"), Code::kNotFound, "no other");
  CHECK_ERROR(find(source, "v1.9.0"), Code::kNotFound, "no v1.9.0");
}

TEST_CASE("where nothing fits it is said what there is") {
  FakeSource source("v1.0.0 v1.1.0");
  CHECK_ERROR(find(source, "v2"), Code::kUnknownVersion,
              R"(no version of example.com/a fits "v2": it has v1.0.0, v1.1.0)");
  CHECK_ERROR(find(source, "<v1.0.0"), Code::kUnknownVersion, R"(fits "<v1.0.0": it has v1.0.0, v1.1.0)");
  FakeSource nothing("");
  CHECK_ERROR(find(nothing, ">v1.0.0"), Code::kUnknownVersion, R"(fits ">v1.0.0": it has none)");
}

TEST_CASE("without a version there is nothing to patch") {
  FakeSource source("v1.0.0");
  CHECK_ERROR(find(source, "patch"), Code::kUnknownVersion,
              "example.com/a is not required yet: there is no version to patch");
}

TEST_CASE("excluded and retracted versions are not chosen") {
  FakeSource source("v1.0.0 v1.1.0 v1.2.0 v1.3.0 v1.4.0 v1.5.0");
  source.manifests["v1.5.0"] = kRetracting;
  const Manifest root{.exclude = {{kPath, "v1.3.0"}, {"example.com/other", "v1.1.0"}}};
  struct Case {
    std::string_view query;
    std::string current;
    std::string_view found;
  };
  const Case cases[] = {
      {"latest", "", "v1.1.0"},      {"upgrade", "v1.0.0", "v1.1.0"}, {"v1", "", "v1.1.0"},
      {"<v1.5.0", "", "v1.1.0"},     {">v1.0.0", "", "v1.1.0"},       {"upgrade", "v1.2.0", "v1.2.0"},
      {"patch", "v1.4.0", "v1.4.0"},
  };
  for (const auto& [query, current, found] : cases) {
    INFO(query << " at " << current);
    CHECK(REQUIRE_OK(find(source, query, current, root)) == found);
  }
  CHECK_ERROR(find(source, ">v1.1.0", "", root), Code::kUnknownVersion,
              "it has v1.0.0, v1.1.0, v1.2.0, v1.3.0, v1.4.0, v1.5.0");
  CHECK_ERROR(find(source, "patch", "", root), Code::kUnknownVersion, "no version to patch");
}

TEST_CASE("a version that is retracted may be named, one that is excluded may not") {
  FakeSource source("v1.0.0 v1.2.0 v1.3.0");
  source.manifests["v1.3.0"] = kRetracting;
  source.infos["stable"] = {.version = "v1.0.0"};
  const Manifest root{.exclude = {{kPath, "v1.0.0"}}};
  CHECK(REQUIRE_OK(find(source, "v1.2.0", "", root)) == "v1.2.0");
  CHECK_ERROR(find(source, "v1.0.0", "", root), Code::kRequestConflict, "example.com/a@v1.0.0 is excluded by go.mod");
  CHECK_ERROR(find(source, "stable", "", root), Code::kRequestConflict, "example.com/a@v1.0.0 is excluded by go.mod");
  CHECK_ERROR(find(source, "v1.0.0", "", root, *kNative), Code::kRequestConflict, "is excluded by modtool.json");
}

TEST_CASE("the versions that there are, and those that may be chosen") {
  FakeSource source("v1.0.0 v1.2.0 v1.3.0 v1.4.0-rc.1");
  source.manifests["v1.3.0"] = kRetracting;
  const Manifest root{.exclude = {{kPath, "v1.0.0"}}};
  const VersionFinder finder(source, *kGo, root);
  CHECK(lines(finder.versions(kPath)) == "v1.0.0 v1.2.0 v1.3.0 v1.4.0-rc.1");
  CHECK(lines(finder.allowed_versions(kPath)) == "v1.3.0 v1.4.0-rc.1");
}

TEST_CASE("an upgrade stays in the class of the current version, and the latest does not") {
  FakeSource source("v0.1.0 v0.1.1 v0.2.0 v1.0.0 v1.1.0 v2.0.0");
  source.manifests["v2.0.0"] = R"({"schema":1,"module":"example.com/a"})";
  const auto found = [&](std::string_view query, const std::string& current, const Manifest& root = {}) {
    return REQUIRE_OK(find(source, query, current, root, *kNative));
  };
  CHECK(found("upgrade", "v1.0.0") == "v1.1.0");
  CHECK(found("upgrade", "v0.1.0") == "v0.1.1");
  CHECK(found("upgrade", "") == "v2.0.0");
  CHECK(found("latest", "v1.0.0") == "v2.0.0");
  Manifest root;
  root.majors[kPath] = "v2.0.0";
  CHECK(found("upgrade", "v1.0.0", root) == "v2.0.0");
  CHECK(REQUIRE_OK(find(source, "upgrade", "v1.0.0", {}, *kGo)) == "v2.0.0");
}

const std::string kOld = "v0.0.0-20010101000000-aaaaaaaaaaaa";
const std::string kMiddle = "v0.0.0-20050101000000-bbbbbbbbbbbb";
const std::string kNew = "v0.0.0-20090101000000-cccccccccccc";

TEST_CASE("of a module without tags the newest commit is chosen") {
  FakeSource source("");
  source.infos["latest"] = {.version = kMiddle, .time = "2005-01-01T00:00:00Z"};
  CHECK(REQUIRE_OK(find(source, "latest")) == kMiddle);
  CHECK(REQUIRE_OK(find(source, "upgrade")) == kMiddle);
  CHECK(REQUIRE_OK(find(source, "upgrade", kOld)) == kMiddle);
  CHECK(REQUIRE_OK(find(source, "upgrade", kNew)) == kNew);
  CHECK(REQUIRE_OK(find(source, "latest", kNew)) == kMiddle);
  CHECK_ERROR(find(source, "v0"), Code::kUnknownVersion, "it has none");
  FakeSource nothing("");
  CHECK_ERROR(find(nothing, "latest"), Code::kNotFound, "no latest");
}

TEST_CASE("a commit stays where every tag is older, and gives way to a tag that is newer") {
  FakeSource source("v1.0.0 v1.4.0");  // of 2000 and 2004
  CHECK(REQUIRE_OK(find(source, "upgrade", kOld)) == "v1.4.0");
  CHECK(REQUIRE_OK(find(source, "upgrade", kMiddle)) == kMiddle);
  CHECK(REQUIRE_OK(find(source, "upgrade", "v0.0.0-20040101000000-aaaaaaaaaaaa")) == "v1.4.0");
  CHECK(REQUIRE_OK(find(source, "upgrade", "v0.0.0-20040101000001-aaaaaaaaaaaa")) ==
        "v0.0.0-20040101000001-aaaaaaaaaaaa");
  // One that is higher than every tag, in whichever year.
  source.infos["latest"] = {.version = "v1.4.0", .time = "2004-01-01T00:00:00Z"};
  CHECK(REQUIRE_OK(find(source, "upgrade", "v1.4.1-0.20010101000000-aaaaaaaaaaaa")) ==
        "v1.4.1-0.20010101000000-aaaaaaaaaaaa");
}

TEST_CASE("what the source calls its latest version is not chosen where it is a tag that may not be") {
  FakeSource source("v1.4.0");
  source.infos["latest"] = {.version = "v1.4.0", .time = "2004-01-01T00:00:00Z"};
  const Manifest root{.exclude = {{kPath, "v1.4.0"}}};
  CHECK_ERROR(find(source, "latest", "", root), Code::kUnknownVersion, R"(fits "latest": it has v1.4.0)");
  CHECK_ERROR(find(source, "upgrade", "", root), Code::kUnknownVersion, R"(fits "upgrade": it has v1.4.0)");
}

TEST_CASE("only an upgrade or a patch keeps a commit that is newer than the tag") {
  FakeSource source("v1.0.0 v1.4.0");
  CHECK(REQUIRE_OK(find(source, "latest", kMiddle)) == "v1.4.0");
  CHECK(REQUIRE_OK(find(source, "v1", kMiddle)) == "v1.4.0");
  CHECK(REQUIRE_OK(find(source, "<v1.4.0", "v1.4.1-0.20050101000000-bbbbbbbbbbbb")) == "v1.0.0");
}

TEST_CASE("a tag of unknown time is newer than any commit") {
  FakeSource source("v1.4.0");
  source.infos["v1.4.0"] = {.version = "v1.4.0"};
  CHECK(REQUIRE_OK(find(source, "upgrade", kMiddle)) == "v1.4.0");
}

TEST_CASE("times are compared wherever they were taken") {
  FakeSource source("v1.4.0");
  source.infos["v1.4.0"] = {.version = "v1.4.0", .time = "2005-01-01T01:00:00+05:00"};
  CHECK(REQUIRE_OK(find(source, "upgrade", kMiddle)) == kMiddle);
  source.infos["v1.4.0"] = {.version = "v1.4.0", .time = "2004-12-31T23:30:00-05:00"};
  CHECK(REQUIRE_OK(find(source, "upgrade", kMiddle)) == "v1.4.0");
}

TEST_CASE("a newest commit that is excluded or retracted is not chosen") {
  FakeSource source("");
  source.infos["latest"] = {.version = kMiddle, .time = "2005-01-01T00:00:00Z"};
  const Manifest root{.exclude = {{kPath, kMiddle}}};
  CHECK(REQUIRE_OK(find(source, "upgrade", kOld, root)) == kOld);
  CHECK(!find(source, "latest", "", root));
}

TEST_CASE("a patch of a commit may be a newer commit") {
  FakeSource source("");
  source.infos["latest"] = {.version = kMiddle, .time = "2005-01-01T00:00:00Z"};
  CHECK(REQUIRE_OK(find(source, "patch", kOld)) == kMiddle);
}

TEST_CASE("fractions of a second make no commit newer") {
  FakeSource source("v1.4.0");
  source.infos["v1.4.0"] = {.version = "v1.4.0", .time = "2004-01-01T00:00:00.999Z"};
  CHECK(REQUIRE_OK(find(source, "upgrade", "v0.0.0-20040101000000-aaaaaaaaaaaa")) == "v1.4.0");
}

TEST_CASE("what a module says of its versions stands in its newest release") {
  struct Case {
    std::string_view versions;
    std::string_view asked;
  };
  const Case cases[] = {
      {"v1.0.0 v1.1.0 v1.2.0-rc.1", "v1.1.0"},
      {"v1.0.0-rc.1 v1.0.0-rc.2", "v1.0.0-rc.2"},
      {"v1.0.0", "v1.0.0"},
      {"", ""},
  };
  for (const auto& [versions, asked] : cases) {
    INFO(versions);
    FakeSource source(versions);
    for (const auto& version : words(versions)) {
      source.manifests[version] = "// Deprecated: says " + version + "\nmodule example.com/a\nretract v1.2.0 // oops\n";
    }
    const Manifest root;
    const auto notices = REQUIRE_OK(VersionFinder(source, *kGo, root).notices(kPath));
    CHECK(notices.deprecated == (asked.empty() ? "" : "says " + std::string(asked)));
    CHECK(notices.retract.size() == (asked.empty() ? 0 : 1));
    CHECK(source.asked_manifests == words(asked));
  }
}

TEST_CASE("a retraction takes back the versions from its lower end to its upper one") {
  const ModuleNotices notices{.retract = {{"v1.2.0", "v1.4.0", "first"}, {"v1.4.0", "v1.10.0", "second"}}};
  struct Case {
    std::string_view version;
    std::string_view rationale;
  };
  const Case cases[] = {
      {"v1.1.9", ""},       {"v1.2.0-rc.1", ""},        {"v1.2.0", "first"},   {"v1.3.7", "first"}, {"v1.4.0", "first"},
      {"v1.9.0", "second"}, {"v1.10.0-rc.1", "second"}, {"v1.10.0", "second"}, {"v1.10.1", ""},
  };
  for (const auto& [version, rationale] : cases) {
    INFO(version);
    const auto* retraction = notices.retraction_of(version);
    CHECK((retraction == nullptr ? "" : retraction->rationale) == rationale);
  }
  CHECK(ModuleNotices{}.retraction_of("v1.0.0") == nullptr);
}

TEST_CASE("a newest manifest that says nothing that can be understood takes nothing back") {
  FakeSource source("v1.0.0 v1.1.0");
  source.manifests["v1.1.0"] = "module example.com/a\nrequire (\n";
  CHECK(REQUIRE_OK(find(source, "latest")) == "v1.1.0");
  source.manifest_failure = Error{.code = Code::kChecksumMissing, .message = "not in the lock"};
  CHECK(REQUIRE_OK(find(source, "latest")) == "v1.1.0");
}

TEST_CASE("what the source fails at is returned") {
  FakeSource source("v1.0.0");
  const Manifest root;
  const VersionFinder finder(source, *kGo, root);
  source.manifest_failure = Error{.code = Code::kChecksumMismatch, .message = "wrong bytes"};
  CHECK_ERROR(finder.notices(kPath), Code::kChecksumMismatch, "wrong bytes");
  CHECK_ERROR(finder.allowed_versions(kPath), Code::kChecksumMismatch, "wrong bytes");
  CHECK_ERROR(find(source, "latest"), Code::kChecksumMismatch, "wrong bytes");
  source.failure = Error{.code = Code::kUnreachable, .message = "no connection"};
  CHECK_ERROR(finder.versions(kPath), Code::kUnreachable, "no connection");
  CHECK_ERROR(finder.notices(kPath), Code::kUnreachable, "no connection");
  CHECK_ERROR(find(source, "v1"), Code::kUnreachable, "no connection");
  CHECK(REQUIRE_OK(find(source, "v1.0.0")) == "v1.0.0");
}

}  // namespace
TEST_CASE("versions from before modules count only where no later one has a manifest") {
  FakeSource source("v1.0.0 v1.1.0 v2.0.0+incompatible");
  const Manifest root;
  const VersionFinder finder(source, *kGo, root);
  const auto latest = REQUIRE_OK(parse_version_query("latest"));
  CHECK(REQUIRE_OK(finder.find(kPath, latest, "")) == "v2.0.0+incompatible");
  source.manifests["v1.1.0"] = "module example.com/a\n\ngo 1.20\n";
  CHECK(REQUIRE_OK(finder.find(kPath, latest, "")) == "v1.1.0");
  CHECK(REQUIRE_OK(finder.find(kPath, latest, "v2.0.0+incompatible")) == "v2.0.0+incompatible");
  CHECK(REQUIRE_OK(finder.find(kPath, REQUIRE_OK(parse_version_query(">=v2.0.0")), "")) == "v2.0.0+incompatible");
}

TEST_CASE("a manifest that cannot be had keeps nobody from choosing where notices are not needed") {
  FakeSource source("v1.0.0 v1.1.0");
  source.manifest_failure = Error{.code = Code::kUnreachable, .message = "no route"};
  const Manifest root;
  const auto latest = REQUIRE_OK(parse_version_query("latest"));
  CHECK_ERROR(VersionFinder(source, *kGo, root).find(kPath, latest, ""), Code::kUnreachable, "no route");
  const VersionFinder lenient(source, *kGo, root, NoticeRule::kWhereKnown);
  CHECK(REQUIRE_OK(lenient.find(kPath, latest, "")) == "v1.1.0");
  source.manifest_failure->code = Code::kInterrupted;
  CHECK_ERROR(lenient.find(kPath, latest, ""), Code::kInterrupted, "no route");
}

}  // namespace modtool::resolve
