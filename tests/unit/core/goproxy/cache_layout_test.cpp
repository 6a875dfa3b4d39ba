#include "core/goproxy/cache_layout.hpp"

#include "tests/support/check.hpp"

namespace modtool::goproxy {

TEST_CASE("the cache keeps modules where the go command looks for them") {
  const auto layout = REQUIRE_OK(CacheLayout::create("/cache/"));
  const module::ModuleVersion module{"example.com/Upper/v2", "v2.0.0-RC1"};
  CHECK(REQUIRE_OK(layout.file(module, "zip")) == "/cache/cache/download/example.com/!upper/v2/@v/v2.0.0-!r!c1.zip");
  CHECK(REQUIRE_OK(layout.tree(module)) == "/cache/example.com/!upper/v2@v2.0.0-!r!c1");
  CHECK(REQUIRE_OK(layout.version_directory(module.path)) == "/cache/cache/download/example.com/!upper/v2/@v");
}

TEST_CASE("a cache needs an absolute path") {
  CHECK_ERROR(CacheLayout::create(""), Code::kBadSetting, "neither GOMODCACHE nor GOPATH is set");
  CHECK_ERROR(CacheLayout::create("cache"), Code::kBadSetting, "must be absolute path: \"cache\"");
}

TEST_CASE("hostile paths and versions never become part of a file name") {
  const auto layout = REQUIRE_OK(CacheLayout::create("/cache"));
  const module::ModuleVersion cases[] = {
      {"example.com/a", "-oops"},       {"example.com/a", "--upload-pack=x"},
      {"example.com/a", "/etc/passwd"}, {"example.com/a", "v1.0.0/../../../x"},
      {"example.com/a", "../v1.0.0"},   {"example.com/a", "v1"},
      {"example.com/a", "v1.0.0+meta"}, {"example.com/a", "v1.0.0\n"},
      {"example.com/a", "latest"},      {"example.com/a", ""},
      {"../../etc", "v1.0.0"},          {"/etc/passwd", "v1.0.0"},
      {"example.com/../x", "v1.0.0"},   {"example.com/.git/x", "v1.0.0"},
      {"-example.com/a", "v1.0.0"},     {"example.com/a\n", "v1.0.0"},
      {"example.com/con/x", "v1.0.0"},  {"", "v1.0.0"},
  };
  for (const auto& module : cases) {
    CAPTURE(to_string(module));
    CHECK_FALSE(layout.file(module, "mod").has_value());
    CHECK_FALSE(layout.tree(module).has_value());
  }
}

TEST_CASE("canonical versions have all three numbers and no metadata but +incompatible") {
  for (const char* version : {"v1.2.3", "v1.2.3-pre", "v2.0.0+incompatible", "v0.0.0-20240102030405-abcdefabcdef"}) {
    CAPTURE(version);
    CHECK(check_canonical(version));
  }
  CHECK_ERROR(check_canonical("v1.2"), Code::kBadVersion, "non-canonical module version \"v1.2\"");
  CHECK_ERROR(check_canonical("main"), Code::kBadVersion, "non-semver module version \"main\"");
}

}  // namespace modtool::goproxy
