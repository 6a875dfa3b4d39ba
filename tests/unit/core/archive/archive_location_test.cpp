#include "core/archive/archive_location.hpp"

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::archive;

TEST_CASE("the URL of an archive follows from its version") {
  const struct {
    std::string url_template, version, url, path;
  } table[] = {
      {"https://example.com/lib-{version}.tar.gz", "v1.2.3", "https://example.com/lib-1.2.3.tar.gz", ""},
      {"https://example.com/{major}.{minor}/lib-{version}.zip?raw=1", "v1.2.3-rc.1",
       "https://example.com/1.2/lib-1.2.3-rc.1.zip?raw=1", ""},
      {"https://example.com/{major}_{minor}_{patch}-{pre}", "v1.2.3-rc.1", "https://example.com/1_2_3-rc.1", ""},
      {"file:///srv/lib-{version}.tar", "v1.0.0", "file:///srv/lib-1.0.0.tar", "/srv/lib-1.0.0.tar"},
      {"/srv/lib-{version}.tar", "v1.0.0", "/srv/lib-1.0.0.tar", "/srv/lib-1.0.0.tar"},
      {"../archives/lib {version}.tar", "v1.0.0", "../archives/lib 1.0.0.tar", "/archives/lib 1.0.0.tar"},
  };
  for (const auto& [url_template, version, url, path] : table) {
    CAPTURE(url_template);
    const auto location = REQUIRE_OK(locate_archive(url_template, version, "/project"));
    CHECK(location.url == url);
    CHECK(location.path == path);
  }
}

TEST_CASE("a URL that is malformed, not complete, or says too much is refused") {
  const struct {
    std::string url_template;
    Code code;
    std::string part;
  } table[] = {
      {"http://example.com/{version}.zip", Code::kUnsupportedScheme, "use https://"},
      {"HTTPS://example.com/{version}.zip", Code::kBadArchiveUrl, "neither with https:// nor with file://"},
      {"ftp://example.com/{version}.zip", Code::kBadArchiveUrl, "neither with https:// nor with file://"},
      {"https://me:secret@example.com/{version}.zip", Code::kBadArchiveUrl,
       "\"https://example.com/1.0.0.zip\": a name"},
      {"http://me:secret@example.com/{version}.zip", Code::kUnsupportedScheme, "\"http://example.com/1.0.0.zip\""},
      {"https:///{version}.zip", Code::kBadArchiveUrl, "names no host"},
      {"https://-o/{version}.zip", Code::kBadArchiveUrl, "names no host"},
      {"https://{version}", Code::kBadArchiveUrl, "names no file"},
      {"https://example.com/{version}#a", Code::kBadArchiveUrl, "part of a page"},
      {"https://example.com/a {version}", Code::kBadArchiveUrl, "a space"},
      {"https://example.com/{version}\n", Code::kBadArchiveUrl, "control characters"},
      {"file://host/{version}.tar", Code::kBadArchiveUrl, "absolute path"},
      {"file:///a%2e/{version}.tar", Code::kBadArchiveUrl, "percent signs"},
      {"{version", Code::kBadArchiveUrl, "a brace stands alone"},
      {"}{version}", Code::kBadArchiveUrl, "a brace stands alone"},
      {"{version}-{release}", Code::kBadArchiveUrl, "no placeholder {release}"},
      {"{version}-{pre}", Code::kBadArchiveUrl, "v1.0.0 has nothing for {pre}"},
  };
  for (const auto& [url_template, code, part] : table) {
    CAPTURE(url_template);
    const auto location = locate_archive(url_template, "v1.0.0", "/project");
    CHECK_ERROR(location, code, part);
    CHECK_FALSE(location.error().message.contains("secret"));
  }
}
