#include "core/build/meson/open_wrap.hpp"

#include <doctest/doctest.h>

#include "core/build/meson/meson_wrap.hpp"

namespace modtool::build {

TEST_CASE("the URL of a repository, or of an archive that a host makes of one, tells the path of the module") {
  struct Case {
    const char* url;
    const char* path;
  };
  for (const auto& test : {
           Case{"https://a.org/x/kit.git", "a.org/x/kit"},
           Case{"https://a.org/x/kit/", "a.org/x/kit"},
           Case{"ssh://git@a.org/x/kit.git", "a.org/x/kit"},
           Case{"git@a.org:x/kit.git", "a.org/x/kit"},
           Case{"https://github.com/x/kit/archive/refs/tags/v1.tar.gz", "github.com/x/kit"},
           Case{"https://github.com/x/kit/releases/download/v1/kit-1.tar.xz", "github.com/x/kit"},
           Case{"https://gitlab.com/x/y/kit/-/archive/v1/kit-v1.tar.bz2", "gitlab.com/x/y/kit"},
           Case{"https://a.org/kit-1.tar.gz", ""},
           Case{"https://a.org:8080/x/kit.git", ""},
           Case{"../kit.git", ""},
           Case{"", ""},
       }) {
    CAPTURE(test.url);
    CHECK(module_of_url(test.url) == test.path);
  }
}

TEST_CASE("the version of a wrap is that of its tag") {
  const auto version = [](Wrap wrap) { return open_wrap(wrap, "kit", "kit.wrap").version; };
  CHECK(version({.repository = "https://a.org/x/kit", .revision = "1.2.0"}) == "v1.2.0");
  CHECK(version({.repository = "https://a.org/x/kit", .revision = "refs/tags/v1.2.0"}) == "v1.2.0");
  CHECK(version({.repository = "https://a.org/x/kit", .revision = "main"}) == "");
  CHECK(version({.url = "https://github.com/x/kit/archive/refs/tags/v1.2.0.tar.gz"}) == "v1.2.0");
  CHECK(version({.url = "https://github.com/x/kit/releases/download/1.2.0/kit.zip"}) == "v1.2.0");
  CHECK(version({.url = "https://a.org/kit-1.2.0.tar.gz"}) == "");
}

}  // namespace modtool::build
