#include "cli/error_pages.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/base/text.hpp"

using namespace modtool;

TEST_CASE("every error code has a page under its own title that says what to do") {
  for (const auto& info : all_codes()) {
    CAPTURE(to_string(info.code));
    const auto page = cli::error_page(info.code);
    CHECK(page.starts_with(fmt::format("# {}: {}\n\n", to_string(info.code), info.title)));
    CHECK(page.contains("**What to do.**"));
    CHECK(page.ends_with('\n'));
  }
}

TEST_CASE("a page's example is a message of its own code") {
  for (const auto& info : all_codes()) {
    CAPTURE(to_string(info.code));
    CHECK(cli::error_page(info.code).contains("\n    error[" + to_string(info.code) + "]: ") +
              cli::error_page(info.code).contains("\n    " + to_string(info.code) + " ") >=
          1);
  }
}

TEST_CASE("pages fit a terminal") {
  for (const auto& info : all_codes()) {
    for (const auto line : split_lines(cli::error_page(info.code))) {
      CAPTURE(line);
      CHECK(line.size() <= 124);
    }
  }
}
