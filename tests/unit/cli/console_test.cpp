#include "cli/console.hpp"

#include <doctest/doctest.h>

using namespace modtool::cli;

namespace {

// What a console wrote.
struct Written {
  std::string out;
  std::string error;

  Console::Sink sink(std::string Written::* where) {
    return [this, where](std::string_view text) -> modtool::Result<bool> {
      this->*where += text;
      return true;
    };
  }
};

std::string progress_with(const Console::Options& options) {
  Written written;
  Console console(written.sink(&Written::out), written.sink(&Written::error));
  console.configure(options);
  console.progress("vendoring", 6, 12);
  CHECK(written.out.empty());
  return written.error;
}

}  // namespace

TEST_CASE("a bar is shown on a terminal only, and neither with -q, -v nor --no-progress") {
  CHECK(progress_with({.error_is_terminal = true}) == "\r\033[K[############............] 6/12 vendoring");
  CHECK(progress_with({.error_is_terminal = false}).empty());
  CHECK(progress_with({.error_is_terminal = true, .verbosity = Verbosity::kQuiet}).empty());
  CHECK(progress_with({.error_is_terminal = true, .verbosity = Verbosity::kVerbose}).empty());
  CHECK(progress_with({.error_is_terminal = true, .progress = false}).empty());
}

TEST_CASE("the bar is gone before anything else is written, and at the end") {
  Written written;
  {
    Console console(written.sink(&Written::error), written.sink(&Written::error));
    console.configure({.error_is_terminal = true});
    console.progress("reading", 0, 0);
    console.print("data\n");
    console.flush();
    CHECK(written.error == "\r\033[Kreading\r\033[Kdata\n");
    console.say("talk");
    CHECK(written.error.ends_with("data\ntalk\n"));
  }
  CHECK(written.error.ends_with("talk\n"));
}

TEST_CASE("a bar is not drawn for every one of many files") {
  Written written;
  Console console(written.sink(&Written::out), written.sink(&Written::error));
  console.configure({.error_is_terminal = true});
  for (std::size_t i = 1; i <= 1000; ++i) console.progress("vendoring", i, 1000);
  CHECK(written.error.size() < 10'000);
}

TEST_CASE("errors are in colours only where they are wanted, and never hold control characters of others") {
  Written written;
  Console console(written.sink(&Written::out), written.sink(&Written::error));
  console.say_error("error[MT4001]: go.sum:1: bad\n  fix: modtool vendor\n  explain: modtool explain MT4001");
  CHECK(!written.error.contains('\033'));
  console.configure({.color = true});
  written.error.clear();
  console.say_error("error[MT4001]: \033[31mevil\n  fix: modtool vendor");
  CHECK(written.error.starts_with("\033[1;31merror[MT4001]:\033[0m "));
  CHECK(written.error.contains("  fix: \033[32mmodtool vendor\033[0m\n"));
  CHECK(!written.error.contains("\033[31mevil"));
}
