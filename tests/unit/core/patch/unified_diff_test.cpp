#include "core/patch/unified_diff.hpp"

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::patch;

namespace {

FileDiff only(std::string_view text) {
  auto diffs = REQUIRE_OK(parse_unified_diff(text, "p"));
  REQUIRE(diffs.size() == 1);
  return diffs.front();
}

constexpr std::string_view kNames = "--- a/f\n+++ b/f\n";

}  // namespace

TEST_CASE("a diff changes what it names and nothing else") {
  struct Row {
    std::string_view name;
    std::string_view before;
    std::string hunks;
    std::string_view after;
  };
  const std::vector<Row> rows = {
      {"a line for another", "a\nb\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n", "a\nB\nc\n"},
      {"a line more at the end", "a\n", "@@ -1 +1,2 @@\n a\n+b\n", "a\nb\n"},
      {"a line more in front", "a\n", "@@ -1 +1,2 @@\n+z\n a\n", "z\na\n"},
      {"without context", "a\nb\n", "@@ -1,0 +2 @@\n+x\n", "a\nx\nb\n"},
      {"a last line without its end", "a\nb", "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n", "a\nb\n"},
      {"an end taken away", "a\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n+b\n\\ No newline at end of file\n", "a\nb"},
      {"lines that moved down", "x\ny\na\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n+B\n", "x\ny\na\nB\n"},
      {"lines that moved up", "a\nb\n", "@@ -7,2 +7,2 @@\n a\n-b\n+B\n", "a\nB\n"},
      {"the nearest of two places", "b\n1\n2\nb\n3\n4\nb\n", "@@ -5 +5 @@\n-b\n+B\n", "b\n1\n2\nB\n3\n4\nb\n"},
      {"two hunks, the second moved by the first", "a\nb\nc\nd\n", "@@ -1 +1,2 @@\n-a\n+1\n+2\n@@ -4 +5 @@\n-d\n+D\n",
       "1\n2\nb\nc\nD\n"},
      {"a heading behind the numbers", "a\n", "@@ -1 +1 @@ int main()\n-a\n+b\n", "b\n"},
      {"line ends of two bytes", "a\r\n", "@@ -1 +1 @@\n-a\r\n+b\r\n", "b\r\n"},
      {"an empty line whose blank a mailer cut", "a\n\nb\n", "@@ -1,3 +1,3 @@\n a\n\n-b\n+c\n", "a\n\nc\n"},
      {"a signature behind it", "a\n", "@@ -1 +1 @@\n-a\n+b\n-- \n2.39.5\n", "b\n"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(REQUIRE_OK(apply_diff(row.before, only(std::string(kNames) + row.hunks))) == row.after);
  }
}

TEST_CASE("what a hunk changes must stand in the file to the byte") {
  struct Row {
    std::string_view name;
    std::string_view before;
    std::string hunks;
  };
  const std::vector<Row> rows = {
      {"another line removed", "a\nB\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"},
      {"other context", "A\nb\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"},
      {"another line end", "a\r\n", "@@ -1 +1 @@\n-a\n+b\n"},
      {"an end where there is none", "a", "@@ -1 +1 @@\n-a\n+b\n"},
      {"a second hunk before the first", "a\nb\n", "@@ -2 +2 @@\n-b\n+B\n@@ -1 +1 @@\n-a\n+A\n"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK_ERROR(apply_diff(row.before, only(std::string(kNames) + row.hunks)), Code::kPatchFailed, "not in the file");
  }
}

TEST_CASE("files are made, removed and given another mode") {
  const auto made = only(
      "diff --git a/d/x.sh b/d/x.sh\nnew file mode 100755\nindex 000..111\n--- /dev/null\n"
      "+++ b/d/x.sh\n@@ -0,0 +1 @@\n+x\n");
  CHECK(made.name == "d/x.sh");
  CHECK(made.change == FileChange::kCreate);
  CHECK(made.executable == true);
  CHECK(REQUIRE_OK(apply_diff("", made)) == "x\n");

  const auto empty = only("diff --git a/d/e b/d/e\nnew file mode 100644\nindex 000..111\n");
  CHECK(empty.name == "d/e");
  CHECK(empty.change == FileChange::kCreate);

  const auto removed = only("diff -u a/x b/x\n--- a/x\t2024-01-01 00:00:00\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n");
  CHECK(removed.name == "x");
  CHECK(removed.change == FileChange::kRemove);

  const auto mode = only("diff --git a/x b/x\nold mode 100644\nnew mode 100755\n");
  CHECK(mode.name == "x");
  CHECK(mode.change == FileChange::kModify);
  CHECK(mode.executable == true);
  CHECK(mode.hunks.empty());
}

TEST_CASE("a text may hold several diffs, with words around them") {
  const auto diffs = REQUIRE_OK(parse_unified_diff(
      "From 1 Mon\nSubject: x\n---\n 1 file changed\n\ndiff --git a/f b/f\nindex 1..2 100644\n"
      "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\ndiff --git a/g b/g\n--- a/g\n+++ b/g\n@@ -1 +1 @@\n-a\n+b\n",
      "p"));
  REQUIRE(diffs.size() == 2);
  CHECK(diffs[0].name == "f");
  CHECK(diffs[1].name == "g");
  CHECK(diffs[1].line == 13);
}

TEST_CASE("what is no unified diff of files in the module is refused with its line") {
  struct Row {
    std::string_view name;
    std::string text;
    std::string_view message;
  };
  const std::vector<Row> rows = {
      {"nothing", "", "p:1: no unified diff in it"},
      {"words", "hello\n", "p:1: no unified diff in it"},
      {"a hunk without a file", "@@ -1 +1 @@\n-a\n+b\n", "p:1: a hunk of no file"},
      {"a header that is no header", std::string(kNames) + "@@ -x +1 @@\n", "p:3: malformed hunk header"},
      {"too few lines", std::string(kNames) + "@@ -1,2 +1 @@\n-a\n", "p:3: the hunk is shorter than its header says"},
      {"a line too many", std::string(kNames) + "@@ -1 +1,2 @@\n-a\n-b\n", "p:5: the hunk is not as its header says"},
      {"a rename", "diff --git a/f b/g\nsimilarity index 90%\nrename from f\nrename to g\n", "p:3: a copy or a rename"},
      {"a rename without a word", "--- a/f\n+++ b/g\n@@ -1 +1 @@\n-a\n+b\n", "the names differ"},
      {"a link", "diff --git a/f b/f\nnew file mode 120000\n", "p:2: a link or a submodule cannot be patched"},
      {"a binary file", "diff --git a/f b/f\nindex 1..2\nGIT binary patch\n", "p:3: a binary file cannot be patched"},
      {"a quoted name", "--- \"a/\\303\"\n+++ \"b/\\303\"\n", "p:1: a quoted name"},
      {"a name that leads out", "--- a/../f\n+++ b/../f\n", "p:1: "},
      {"an absolute name", "--- /etc/passwd\n+++ /etc/passwd\n@@ -1 +1 @@\n-a\n+b\n", ""},
      {"a name of one element", "--- f\n+++ f\n", "p:1: \"f\" has no first element to leave out"},
      {"no file on either side", "--- /dev/null\n+++ /dev/null\n", "neither side names a file"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto parsed = parse_unified_diff(row.text, "p");
    if (row.name == "an absolute name") {  // its first element is the empty one in front of the slash
      REQUIRE_OK(parsed);
      CHECK(parsed->front().name == "etc/passwd");
      continue;
    }
    CHECK_ERROR(parsed, Code::kPatchSyntax, row.message);
  }
}
