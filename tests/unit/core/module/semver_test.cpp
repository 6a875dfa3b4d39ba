#include "core/module/semver.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string_view>

using namespace modtool::module;

TEST_CASE("one sorted list shows the order of versions") {
  constexpr std::string_view kAscending[] = {"v0.0.0-20200101000000-abcdefabcdef",
                                             "v0.0.0",
                                             "v0.0.1",
                                             "v0.9.0",
                                             "v0.10.0",
                                             "v1.0.0-1",
                                             "v1.0.0-2",
                                             "v1.0.0-10",
                                             "v1.0.0-99999999999999999999",
                                             "v1.0.0-100000000000000000000",
                                             "v1.0.0--",
                                             "v1.0.0-0a",
                                             "v1.0.0-alpha",
                                             "v1.0.0-alpha.1",
                                             "v1.0.0-alpha.beta",
                                             "v1.0.0-beta",
                                             "v1.0.0-beta.2",
                                             "v1.0.0-beta.11",
                                             "v1.0.0-rc.1",
                                             "v1.0.0",
                                             "v1.0.1-0.20200101000000-abcdefabcdef",
                                             "v1.0.1-rc.1.0.20200101000000-abcdefabcdef",
                                             "v1.2.0",
                                             "v1.10.0",
                                             "v2.0.0+incompatible",
                                             "v10.0.0",
                                             "v18446744073709551616.0.0"};
  for (std::size_t i = 0; i < std::size(kAscending); ++i) {
    for (std::size_t j = 0; j < std::size(kAscending); ++j) {
      const int expected = i < j ? -1 : i > j ? 1 : 0;
      CHECK_MESSAGE(compare_versions(kAscending[i], kAscending[j]) == expected, kAscending[i], " ", kAscending[j]);
    }
  }
}

TEST_CASE("build metadata and shortened spellings do not count in comparing") {
  CHECK(compare_versions("v1.0.0+a", "v1.0.0+b") == 0);
  CHECK(compare_versions("v1", "v1.0.0") == 0);
  CHECK(compare_versions("v1.2", "v1.2.0") == 0);
}

TEST_CASE("what is not a version is less than every version and equal to its like") {
  CHECK(compare_versions("", "v0.0.0-0") == -1);
  CHECK(compare_versions("v0.0.0-0", "bad") == 1);
  CHECK(compare_versions("bad", "") == 0);
}

TEST_CASE("a version is taken apart") {
  struct Row {
    std::string_view version, canonical, major, major_minor, prerelease, build;
  };
  constexpr Row kRows[] = {
      {.version = "v1", .canonical = "v1.0.0", .major = "v1", .major_minor = "v1.0"},
      {.version = "v1.2", .canonical = "v1.2.0", .major = "v1", .major_minor = "v1.2"},
      {.version = "v12.34.56", .canonical = "v12.34.56", .major = "v12", .major_minor = "v12.34"},
      {.version = "v1.2.3-a.b-c.0+x.01",
       .canonical = "v1.2.3-a.b-c.0",
       .major = "v1",
       .major_minor = "v1.2",
       .prerelease = "-a.b-c.0",
       .build = "+x.01"},
      {.version = "v2.0.0+incompatible",
       .canonical = "v2.0.0",
       .major = "v2",
       .major_minor = "v2.0",
       .build = "+incompatible"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.version);
    CHECK(is_valid_version(row.version));
    CHECK(canonical_version(row.version) == row.canonical);
    CHECK(version_major(row.version) == row.major);
    CHECK(version_major_minor(row.version) == row.major_minor);
    CHECK(version_prerelease(row.version) == row.prerelease);
    CHECK(version_build(row.version) == row.build);
  }
}

TEST_CASE("malformed versions are refused and have no parts") {
  for (const std::string_view version : {"",
                                         "v",
                                         "1.0.0",
                                         "V1.0.0",
                                         "v01",
                                         "v1.01.0",
                                         "v1.0.00",
                                         "v1.",
                                         "v1.0.",
                                         "v1-rc",
                                         "v1.0-rc",
                                         "v1+b",
                                         "v1.0.0-",
                                         "v1.0.0+",
                                         "v1.0.0-a..b",
                                         "v1.0.0-01",
                                         "v1.0.0-a.",
                                         "v1.0.0-+b",
                                         "v1.0.0+a+b",
                                         "v1.0.0-a_b",
                                         "v1.0.0.0",
                                         " v1.0.0",
                                         "v1.0.0 ",
                                         "v1.0.0\n",
                                         "v-1.0.0",
                                         "v1.2.3-\xC3\xA9"}) {
    CAPTURE(version);
    CHECK_FALSE(is_valid_version(version));
    CHECK(canonical_version(version).empty());
    CHECK(version_major(version).empty());
    CHECK(version_major_minor(version).empty());
    CHECK(version_prerelease(version).empty());
    CHECK(version_build(version).empty());
  }
}

TEST_CASE("only the very word incompatible makes a version incompatible") {
  CHECK(is_incompatible("v2.0.0+incompatible"));
  CHECK(is_incompatible("v2.0.0-rc.1+incompatible"));
  CHECK_FALSE(is_incompatible("v2.0.0+incompatible.1"));
  CHECK_FALSE(is_incompatible("v2.0.0-incompatible"));
  CHECK_FALSE(is_incompatible("2.0.0+incompatible"));
}

TEST_CASE("the modules go and toolchain have versions of their own kind") {
  CHECK(compare_module_versions("example.com/a", "v1.10.0", "v1.9.0") == 1);
  CHECK(compare_module_versions("go", "1.21rc1", "1.21") == 1);
  CHECK(compare_module_versions("toolchain", "go1.22.1", "go1.21.9-custom") == 1);
  CHECK(compare_module_versions("toolchain", "1.22", "go1.22") == 0);
  CHECK(compare_module_versions("toolchain", "default", "go1.4") == -1);
}
