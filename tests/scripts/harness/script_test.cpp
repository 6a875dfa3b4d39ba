// The scripts' own proof: what is not as a script says makes it fail, with the line and the reason.
#include <doctest/doctest.h>

#include "tests/scripts/harness/script.hpp"

using namespace modtool::test;

namespace {

// How a script ends when `echo` stands in for modtool: "ok", "skipped: …" or the failure.
std::string ending_of(std::string_view text) {
  try {
    Script script(parse_txtar(text), "/bin/echo");
    script.run();
    return "ok";
  } catch (const ScriptSkip& skip) {
    return std::string("skipped: ") + skip.what();
  } catch (const std::exception& failure) {
    return failure.what();
  }
}

struct Case {
  std::string script;
  std::string ending;
};

void check_endings(const std::vector<Case>& table) {
  for (const auto& row : table) {
    CAPTURE(row.script);
    CHECK(ending_of(row.script) == row.ending);
  }
}

}  // namespace

TEST_CASE("a program must end as the script says") {
  check_endings({
      {"modtool graph", "ok"},
      {"! modtool graph", "1: succeeded, and should have failed"},
      {"exec false", "1: failed with status 1"},
      {"! exec false\nstatus 1", "ok"},
      {"! exec false\nstatus 4", "2: the exit status is 1"},
      {"! exec sh -c 'kill -9 $$'", "1: ended by signal 9"},
      {"exec no-such-program", "1: failed with status 127"},
  });
}

TEST_CASE("output must match line by line") {
  check_endings({
      {"modtool one two\nstdout '^one t.o$'", "ok"},
      {"modtool one\nstdout two", "2: `two` does not match"},
      {"modtool one\n! stdout .", "2: `.` matches"},
      {"modtool one\n! stderr .", "ok"},
      {"modtool a a\nstdout -count=2 a", "ok"},
      {"modtool a a\nstdout -count=1 a", "2: `a` matches 2 times"},
      {"stdout x", "1: no program has run yet"},
      {"grep two f\n-- f --\none\n", "1: `two` does not match"},
  });
}

TEST_CASE("files and trees must be equal") {
  check_endings({
      {"modtool x\ncmp stdout f\n-- f --\nx\n", "ok"},
      {"modtool x\ncmp stdout f\n-- f --\ny\n", "2: stdout and f differ:\n-y\n+x\n"},
      {"modtool x\n! cmp stdout f\n-- f --\nx\n", "2: stdout and f are equal"},
      {"env A=x\nmodtool x\ncmpenv stdout f\n-- f --\n$A\n", "ok"},
      {"cmptree a b\n-- a/f --\n1\n-- b/f --\n1\n", "ok"},
      {"cmptree a b\n-- a/f --\n1\n-- b/g --\n1\n", "1: the trees differ:\nonly in a: f\nonly in b: g\n"},
      {"symlink b/f -> ../a/f\n! cmptree a b\n-- a/f --\n1\n-- b/x --\n", "ok"},
      {"exists f", "1: f does not exist"},
      {"! exists f\n-- f --\n", "1: f exists"},
      {"mkdir d\ncp f d\nexists d/f\n-- f --\n", "ok"},
  });
}

TEST_CASE("a suggested command is run, and must clear the error") {
  const std::string error =
      "exec sh -c 'test -e mended && exit 0; printf \"error\\n  fix: %s\\n\" \"$FIX\" >&2; exit 3'\n";
  check_endings({
      {"env FIX='touch mended'\n! " + error + "fix\nexists mended", "ok"},
      {"env FIX='touch other'\n! " + error + "fix", "3: failed with status 3"},
      {"env FIX=false\n! " + error + "fix", "3: failed with status 1"},
      {"! exec false\nfix", "2: the last error suggests no command"},
      {"env FIX='touch mended'\n! " + error + "fix core/a.cpp:f", "ok"},
      {"env FIX=true\n! " + error + "fix -instead core/a.cpp:f", "ok"},
      {"env FIX=true\n! " + error + "fix -next", "3: the fix led nowhere: true"},
      {"env FIX='touch mended'\n! " + error + "fix -next", "3: succeeded, and should have failed"},
      {"! exec sh -c 'test -e b || { echo \"to mend: touch b\"; exit 1; }'\nfix -like 'to mend: (.*)'", "ok"},
      {"env FIX=true\n! " + error + "untyped core/a.cpp:f 'nobody may'", "ok"},
      {"! exec false\nuntyped core/a.cpp:f 'nobody may'", "2: the last error suggests no command"},
  });
}

TEST_CASE("the rows of a script are scripts of their own, and lines keep their numbers") {
  CHECK(split_rows("sums\nstop\n") == std::vector<std::string>{"sums\nstop\n"});
  CHECK(split_rows("sums\nrow one\nstop\nrow two\n") ==
        std::vector<std::string>{"sums\nrow one\nstop\n", "sums\n\n\nrow two\n"});
}

TEST_CASE("a script that cannot be understood fails") {
  check_endings({
      {"frobnicate", "1: unknown command frobnicate"},
      {"! cd x", "1: `! cd` means nothing"},
      {"modtool 'open", "1: a quote stays open"},
      {"[moon] modtool", "1: unknown condition [moon]"},
      {"cmp a", "1: wrong number of arguments"},
      {"cp a b\n-- .proxy/a@v1 --\n", ".proxy/a@v1: not .proxy/PATH@VERSION/FILE"},
  });
}

TEST_CASE("conditions, skips and stops are no failures") {
  check_endings({
      {"[exec:no-such-program] exec false", "ok"},
      {"[!exec:sh] exec false", "ok"},
      {"skip 'not here'\nexec false", "skipped: not here"},
      {"stop\nexec false", "ok"},
      {"# exec false\n\n", "ok"},
  });
}
