#include "core/git/tag_templates.hpp"

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::git;

namespace {

std::string version_of(const std::vector<std::string>& templates, const std::string& tag,
                       const std::string& subdirectory = "") {
  const auto found = REQUIRE_OK(TagTemplates::parse(templates, subdirectory)).match(tag);
  return found ? found->version : "";
}

}  // namespace

TEST_CASE("a tag stands for the version that the first fitting template makes of it") {
  struct Row {
    std::vector<std::string> templates;
    std::string tag;
    std::string version;
  };
  const std::vector<Row> table = {
      {{}, "v1.2.3", "v1.2.3"},
      {{}, "1.2.3", "v1.2.3"},
      {{}, "10.2.1", "v10.2.1"},
      {{}, "v1.14.0-pre", "v1.14.0-pre"},
      {{}, "v1.0.0-rc.1", "v1.0.0-rc.1"},
      {{}, "1.23", "v1.23.0"},
      {{}, "v01.02.03", "v1.2.3"},
      {{"release-{version}"}, "release-1.12.0", "v1.12.0"},
      {{"{version}-final"}, "1.2.3-final", "v1.2.3"},
      {{"{version}-final"}, "1.2.3-rc1-final", "v1.2.3-rc1"},
      {{"{major}-{minor}-{patch}"}, "2024-02-01", "v2024.2.1"},
      {{"{major}.{minor}"}, "20240116.2", "v20240116.2.0"},
      {{"v{version}", "{major}.{minor}"}, "1.23", "v1.23.0"},
      {{"r{major}"}, "r7", "v7.0.0"},
      {{"{major}.{minor}.{patch}{pre}"}, "1.2.3rc1", "v1.2.3-rc1"},
      {{"{major}.{minor}.{patch}.{pre}"}, "1.2.3.4", "v1.2.3-4"},
      {{"boost-{major}.{minor}.{patch}"}, "boost-1.84.0", "v1.84.0"},
      {{"{major}_{minor}"}, "99999999999999999999999_000", "v99999999999999999999999.0.0"},
  };
  for (const auto& row : table) {
    CAPTURE(row.tag);
    CHECK(version_of(row.templates, row.tag) == row.version);
  }
}

TEST_CASE("a tag that no template fits has no version") {
  struct Row {
    std::vector<std::string> templates;
    std::string tag;
  };
  const std::vector<Row> table = {
      {{}, ""},
      {{}, "v1"},                                    // moves from release to release
      {{}, "1.2.3.4"},                               // four parts
      {{}, "1.2.3b"},                                // lettered
      {{}, "v1.10.x"},                               //
      {{}, "V1.2.3"},                                //
      {{}, "v1.2.3+meta"},                           // build metadata
      {{}, "v1.2.3-"},                               //
      {{}, "v1.2.3-rc.01"},                          // no semantic version
      {{}, "v1.2.3-a b"},                            //
      {{}, "x/v1.2.3"},                              // another directory's
      {{}, "release-1.0.0"},                         //
      {{}, "v0.0.0-20230102030405-0123456789ab"},    // would pass for a commit
      {{"{major}.{minor}.{patch}{pre}"}, "1.2.35"},  // the patch takes all digits, and a pre-release is not empty
      {{}, "v1.2.3-" + std::string(300, 'a')},
  };
  for (const auto& row : table) {
    CAPTURE(row.tag);
    CHECK(version_of(row.templates, row.tag).empty());
  }
}

TEST_CASE("a template with the directory makes a tag the module's own") {
  const auto templates = REQUIRE_OK(TagTemplates::parse({}, "libs/foo"));
  CHECK(templates.match("libs/foo/v1.2.3")->own);
  CHECK(templates.match("libs/foo/v1.2.3")->version == "v1.2.3");
  CHECK_FALSE(templates.match("v1.2.3")->own);
  CHECK(templates.match("v1.2.3")->rank == 1);
  CHECK_FALSE(templates.match("libs/bar/v1.2.3"));
  CHECK_FALSE(REQUIRE_OK(TagTemplates::parse({}, "")).match("v1.2.3")->own);
  CHECK(version_of({"{subdir}-{version}"}, "foo-1.2", "foo") == "v1.2.0");
}

TEST_CASE("a template that cannot be understood is an error") {
  struct Row {
    std::string text;
    std::string why;
  };
  const std::vector<Row> table = {
      {"v1", "needs {version} or {major}"},       {"{subdir}", "needs {version} or {major}"},
      {"{versoin}", "no placeholder {versoin}"},  {"{version", "a brace stands alone"},
      {"version}", "a brace stands alone"},       {"{version}{version}", "stands twice"},
      {"{major}{minor}", "nothing between them"}, {"{version}-{pre}", "stands for all parts"},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    CHECK_ERROR(TagTemplates::parse({row.text}, ""), Code::kBadTagTemplate, row.why);
  }
}
