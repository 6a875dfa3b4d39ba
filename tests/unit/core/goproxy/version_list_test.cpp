#include "core/goproxy/version_list.hpp"

#include <doctest/doctest.h>

namespace modtool::goproxy {

TEST_CASE("a list gives its versions in order and passes over what is none") {
  const auto versions = parse_version_list(
      "v1.10.0\nv1.9.0\r\n\n<html>\nv1.9.0-rc.1 2024-01-02T03:04:05Z\n1.0.0\n"
      "v0.0.0-20240102030405-abcdefabcdef\nv2.0.0+incompatible\n  v1.2.3  \nv1.0.0\tx\ny\n");
  const std::vector<std::string> expected = {"v1.0.0", "v1.2.3",  "v1.9.0-rc.1",
                                             "v1.9.0", "v1.10.0", "v2.0.0+incompatible"};
  CHECK(versions == expected);
}

TEST_CASE("the newest version of a list is the one with the newest known time") {
  struct Case {
    std::string list;
    std::string newest;
  };
  const Case cases[] = {
      {"", ""},
      {"v1.0.0\nv1.1.0\n", ""},  // times not known
      {"v0.0.0-20200102030405-abcdefabcdef\nv0.0.0-20210102030405-abcdefabcdef\n",
       "v0.0.0-20210102030405-abcdefabcdef"},
      {"v1.0.0 2024-01-02T03:04:05Z\nv1.1.0 2024-01-02T03:04:04Z\n", "v1.0.0"},
      {"v1.0.0 2024-01-02T03:04:05Z\nv1.1.0 2024-01-02T03:04:04-01:00\n", "v1.1.0"},
      {"v1.0.0 2024-01-02T03:04:05.1Z\nv1.1.0 2024-01-02T03:04:05.05Z\n", "v1.0.0"},
      {"v1.0.0 2024-01-02T03:04:05Z\nv1.1.0 2024-01-02T03:04:05Z\n", "v1.0.0"},  // the first of equals
      {"v1.0.0 soon\nv0.0.0-20200102030405-abcdefabcdef\n", "v0.0.0-20200102030405-abcdefabcdef"},
      {"x 2024-01-02T03:04:05Z\n", ""},
  };
  for (const auto& [list, newest] : cases) {
    CAPTURE(list);
    CHECK(newest_listed_version(list) == newest);
  }
}

}  // namespace modtool::goproxy
