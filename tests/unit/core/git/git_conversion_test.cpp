#include "core/git/git_conversion.hpp"

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::git;
using enum GitConversion::Text;

TEST_CASE("a checkout writes what attributes ask for") {
  struct Case {
    GitConversion conversion;
    std::string bytes;
    std::string written;
  };
  const std::string nul("a\n\0", 3);
  for (const auto& test : std::vector<Case>{{{}, "a\nb\r\n$Id$", "a\nb\r\n$Id$"},
                                            {{.text = kYes}, "a\nb\r\n", "a\nb\r\n"},
                                            {{.text = kYes, .wants_crlf = true}, "a\nb\r\n\n", "a\r\nb\r\n\r\n"},
                                            {{.text = kGuess, .wants_crlf = true}, "a\n", "a\r\n"},
                                            {{.text = kGuess, .wants_crlf = true}, nul, nul},
                                            {{.text = kNo, .wants_crlf = true}, "a\n", "a\n"},
                                            {{.expands_id = true}, "x $Id$ y", "x $Id: 0123 $ y"},
                                            {{.expands_id = true}, "$Id: old $ $Id", "$Id: 0123 $ $Id"},
                                            {{.expands_id = true}, "$Idea$ $Id: a\n$", "$Idea$ $Id: a\n$"},
                                            {{.has_driver = true}, "a\n", "a\n"}}) {
    CAPTURE(test.bytes);
    CHECK(as_checked_out(test.conversion, test.bytes, "0123") == test.written);
  }
}

TEST_CASE("what a clone would have otherwise is told from the bytes") {
  CHECK_FALSE(changes_in_a_clone({}, "a\r\n$Id$"));
  CHECK(changes_in_a_clone({.text = kYes}, "a\r\n"));
  CHECK_FALSE(changes_in_a_clone({.text = kYes}, "a\n"));
  CHECK(changes_in_a_clone({.text = kYes, .wants_crlf = true}, "a\r\nb\n"));
  CHECK_FALSE(changes_in_a_clone({.text = kYes, .wants_crlf = true}, "a\r\nb\r\n"));
  CHECK_FALSE(changes_in_a_clone({.text = kGuess}, std::string_view("\0\r\n", 3)));
  CHECK(changes_in_a_clone({.text = kYes}, std::string_view("\0\r\n", 3)));
  CHECK(changes_in_a_clone({.expands_id = true}, "$Id$"));
  CHECK_FALSE(changes_in_a_clone({.expands_id = true}, "id"));
  CHECK(changes_in_a_clone({.has_driver = true}, ""));
}
