#include <doctest/doctest.h>

#include <string_view>

#include "core/module/semver.hpp"

using namespace modtool::module;

TEST_CASE("a pseudo-version names a time and a revision") {
  struct Row {
    std::string_view version, time, revision;
  };
  constexpr Row kRows[] = {
      {"v0.0.0-20060102150405-0123456789ab", "20060102150405", "0123456789ab"},
      {"v7.0.0-20060102150405-0123456789ab", "20060102150405", "0123456789ab"},
      {"v1.2.4-0.20060102150405-0123456789ab", "20060102150405", "0123456789ab"},
      {"v2.2.4-0.20060102150405-hash+incompatible", "20060102150405", "hash"},
      {"v1.2.3-pre.0.20060102150405-hash", "20060102150405", "hash"},
      {"v1.2.3-pre-1.0.20060102150405-hash+incompatible", "20060102150405", "hash"},
      {"v0.0.0-99999999999999-A", "99999999999999", "A"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.version);
    CHECK(is_pseudo_version(row.version));
    CHECK(pseudo_version_time(row.version) == row.time);
    CHECK(pseudo_version_revision(row.version) == row.revision);
  }
}

TEST_CASE("versions that only look like pseudo-versions are none") {
  for (const std::string_view version :
       {"", "v1.0.0", "v1.2.3-20060102150405-0123456789ab", "v0.1.0-20060102150405-hash", "v1.2.3-0.2006010215040-hash",
        "v1.2.3-0.20060102150405", "v1.2.3-00.20060102150405-hash", "v1.2.3-pre0.20060102150405-hash",
        "v1.2.3-0.20060102150405-ha_sh", "v1.2.3-0.20060102150405-", "v1.0.0-x20060102150405-hash",
        "0.0.0-20060102150405-hash", "v0.0.0-20060102150405-ha.sh", "v0.0.0-20060102150405.0-hash"}) {
    CAPTURE(version);
    CHECK_FALSE(is_pseudo_version(version));
    CHECK(pseudo_version_time(version).empty());
    CHECK(pseudo_version_revision(version).empty());
  }
}
