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
  const std::string all = "modtool get a.org/x/a https://a.org/x/b a.org/x/c ";
  CHECK(shown(Fix::again("get", {})) == all + "--group test --dry-run");
  CHECK(shown(Fix::again("get", {"--group=tool"})) == all + "--group=tool --dry-run");
  CHECK(shown(Fix::again("", {}).under("A=b")) == "A=b " + all + "--group test --dry-run");
  CHECK(shown(Fix::again("", {}, "--dry-run")) == all + "--group test");
  CHECK(shown(Fix::modtool("get", {"--help"})) == "modtool get --help");
  CHECK(shown(Fix::again("graph", {"--focus", "a"})) == "modtool graph --focus a");
}

TEST_CASE("a fix is about the manifest that was typed, and passes on what was") {
  const TypedCommand typed{.verb = "build",
                           .flags = {{"--modfile", "a b.mod"}, {"--frozen"}, {"--to", "-x"}},
                           .arguments = {},
                           .passed_on = {"-v"}};
  const auto shown = [&](Fix fix) { return to_command(typed.complete(std::move(fix))); };
  CHECK(shown(Fix::again("", {}, "--offline")) == "modtool build --modfile 'a b.mod' --locked --to=-x -- -v");
  CHECK(shown(Fix::again("", {}, "--locked")) == "modtool build --modfile 'a b.mod' --offline --to=-x -- -v");
  CHECK(shown(Fix::modtool("download")) == "modtool download --modfile 'a b.mod'");
  CHECK(shown(Fix::modtool("explain", {"MT0001"})) == "modtool explain MT0001");
  CHECK(shown(Fix::command({"go", "mod", "tidy"})) == "go mod tidy '-modfile=a b.mod'");
  CHECK(shown(Fix::command({"go", "get", "a"})) == "go get '-modfile=a b.mod' a");
  CHECK(shown(Fix::command({"go", "mod", "init", "a"})) == "go mod init a");
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
