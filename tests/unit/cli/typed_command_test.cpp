#include "cli/typed_command.hpp"

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::cli;

TEST_CASE("the command again keeps what was typed with it") {
  const TypedCommand typed{.verb = "get",
                           .flags = {{"--group", "test"}, {"--dry-run"}},
                           .arguments = {"a.org/x/a", "https://a.org/x/b", "a.org/x/c"}};
  const auto shown = [&](Fix fix) { return to_command(typed.complete(std::move(fix))); };
  CHECK(shown(Fix::again("get", {"a.org/x/b"}, "https://a.org/x/b")) ==
        "modtool get a.org/x/a a.org/x/b a.org/x/c --group test --dry-run");
  CHECK(shown(Fix::again("get", {"a.org/x/b"})) == "modtool get a.org/x/b --group test --dry-run");
  CHECK(shown(Fix::again("get", {"a.org/x/b", "--group=tool"})) == "modtool get a.org/x/b --group=tool --dry-run");
  CHECK(shown(Fix::modtool("get", {"--help"})) == "modtool get --help");
  CHECK(shown(Fix::again("graph", {"--focus", "a"})) == "modtool graph --focus a");
}

TEST_CASE("a fix is for the directory of -C, wherever it stands in an error") {
  const TypedCommand typed{.verb = "vendor", .directory = "go"};
  Error error{.message = "x"};
  error.fix = Fix::modtool("vendor");
  error.problems.push_back(Error{.message = "y"}.with(Fix::command({"rm", "a"})));
  error.attempts.push_back(Error{.message = "z"}.with(Fix::modtool("tidy")));
  const Error shown = typed.complete(error);
  CHECK(to_command(shown.fix) == "modtool -C go vendor");
  CHECK(to_command(shown.problems[0].fix) == "(cd go && rm a)");
  CHECK(to_command(shown.attempts[0].fix) == "modtool -C go tidy");
}
