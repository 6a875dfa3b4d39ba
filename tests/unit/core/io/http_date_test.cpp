#include "core/io/http_date.hpp"

#include "tests/support/check.hpp"

namespace modtool::io {

TEST_CASE("a server's date is a time") {
  using namespace std::chrono_literals;
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == std::chrono::sys_days(1994y / 11 / 6) + 8h + 49min + 37s);
}

TEST_CASE("another text is none") {
  for (const auto* text :
       {"", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nix 1994 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 06 Nov 99999999999 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"}) {
    CAPTURE(text);
    CHECK(!parse_http_date(text));
  }
}

}  // namespace modtool::io
