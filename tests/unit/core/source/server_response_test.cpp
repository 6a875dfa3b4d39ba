#include "core/source/server_response.hpp"

#include <doctest/doctest.h>

namespace modtool::source {

TEST_CASE("what a server says about a failure is shown as Go shows it") {
  struct Case {
    std::string body;
    std::string type;
    std::string shown;
  };
  const Case cases[] = {
      {"not here\n", "text/plain; charset=utf-8", "\n\tserver response: not here"},
      {"not here", "text/plain", "\n\tserver response: not here"},
      {"one\ntwo\n", "TEXT/plain; charset=\"US-ASCII\"", "\n\tserver response:\n\tone\n\ttwo"},
      {"one\n\nthree\n", "text/plain", "\n\tserver response: one"},
      {"1\n2\n3\n4\n5\n6\n7\n8\n", "text/plain", "\n\tserver response:\n\t1\n\t2\n\t3\n\t4\n\t5\n\t6\n\t7\n\t8"},
      {"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", "text/plain",
       "\n\tserver response:\n\t1\n\t2\n\t3\n\t4\n\t5\n\t6\n\t7\n\t8\n\t[Truncated: too many lines.]"},
      {std::string(649, 'x'), "text/plain", "\n\tserver response: [Truncated: too long.]"},
      {"", "text/plain", ""},
      {"<html>", "text/html", ""},
      {"no type", "", ""},
      {"latin", "text/plain; charset=iso-8859-1", ""},
      {"\x1b[31mred", "text/plain", ""},       // terminal tricks
      {"\xe2\x80\xaetxet", "text/plain", ""},  // right-to-left override
      {"\xff", "text/plain", ""},
  };
  for (const auto& [body, type, shown] : cases) {
    CAPTURE(body);
    CHECK(format_server_response(body, type) == shown);
  }
}

}  // namespace modtool::source
