#include "core/native/manifest_document.hpp"

#include <functional>

#include "core/base/text.hpp"
#include "core/native/manifest_file.hpp"
#include "tests/support/check.hpp"

namespace modtool::native {
namespace {

using manifest::ManifestDocument;
using module::ModuleVersion;

constexpr std::string_view kProject = R"({
  "schema": 1,
  "module": "example.com/demo",
  "require": {
    // formats
    "a.com/fmt": "v10.1.0", // raised by log
    "a.com/log": "v1.0.0",

    /* odd numbers */
    "a.com/odd": { "version": "v1.23.0" }
  },
  "groups": { "test": { "a.com/check": "v0.4.0" } },
  "describe": {
    "a.com/odd": { "tags": ["{major}.{minor}"] }
  }
}
)";

using Edit = std::function<Result<void>(ManifestDocument&)>;

std::string edit(std::string_view text, const Edit& change) {
  const auto document = REQUIRE_OK(parse_manifest_document(std::string(text), "modtool.json"));
  REQUIRE_OK(change(*document));
  const std::string once = document->text();
  REQUIRE_OK(change(*document));
  CHECK(document->text() == once);
  return once;
}

// The lines that an edit of kProject takes away and adds: "-line", "+line".
std::vector<std::string> changed_lines(const Edit& change) {
  const std::string now = edit(kProject, change);
  REQUIRE_OK(parse_manifest(now, "modtool.json", "0.1.0"));
  const auto before = split_lines(kProject);
  const auto after = split_lines(now);
  std::size_t same = 0;
  while (before[same] == after[same]) ++same;
  std::size_t tail = 0;
  while (before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
  std::vector<std::string> lines;
  for (std::size_t i = same; i + tail < before.size(); ++i) lines.push_back("-" + std::string(before[i]));
  for (std::size_t i = same; i + tail < after.size(); ++i) lines.push_back("+" + std::string(after[i]));
  return lines;
}

using Lines = std::vector<std::string>;

TEST_CASE("a version is changed where it stands, and its comment stays") {
  CHECK(changed_lines([](auto& d) { return d.set_requirement({"a.com/fmt", "v10.2.1"}, ""); }) ==
        Lines{R"(-    "a.com/fmt": "v10.1.0", // raised by log)", R"(+    "a.com/fmt": "v10.2.1", // raised by log)"});
  CHECK(changed_lines([](auto& d) { return d.set_requirement({"a.com/odd", "v1.24.0"}, ""); }) ==
        Lines{R"(-    "a.com/odd": { "version": "v1.23.0" })", R"(+    "a.com/odd": { "version": "v1.24.0" })"});
  CHECK(changed_lines([](auto& d) { return d.set_requirement({"a.com/check", "v0.5.0"}, "test"); }) ==
        Lines{R"(-  "groups": { "test": { "a.com/check": "v0.4.0" } },)",
              R"(+  "groups": { "test": { "a.com/check": "v0.5.0" } },)"});
}

TEST_CASE("a new entry goes to its sorted place, looking like its neighbours") {
  CHECK(changed_lines([](auto& d) { return d.set_requirement({"a.com/git", "v1.0.0"}, ""); }) ==
        Lines{R"(+    "a.com/git": "v1.0.0",)"});
  CHECK(changed_lines([](auto& d) { return d.set_requirement({"a.com/zip", "v1.0.0"}, ""); }) ==
        Lines{R"(-    "a.com/odd": { "version": "v1.23.0" })", R"(+    "a.com/odd": { "version": "v1.23.0" },)",
              R"(+    "a.com/zip": "v1.0.0")"});
  CHECK(changed_lines([](auto& d) { return d.set_requirement({"a.com/bit", "v1.0.0"}, ""); }) ==
        Lines{R"(+    "a.com/bit": "v1.0.0",)"});
  CHECK(changed_lines([](auto& d) { return d.set_requirement({"a.com/bench", "v1.0.0"}, "test"); }) ==
        Lines{R"(-  "groups": { "test": { "a.com/check": "v0.4.0" } },)",
              R"(+  "groups": { "test": { "a.com/bench": "v1.0.0", "a.com/check": "v0.4.0" } },)"});
  CHECK(changed_lines([](auto& d) { return d.set_requirement({"a.com/gen", "v1.0.0"}, "tool"); }) ==
        Lines{R"(-  "groups": { "test": { "a.com/check": "v0.4.0" } },)",
              R"(+  "groups": { "test": { "a.com/check": "v0.4.0" }, "tool": { "a.com/gen": "v1.0.0" } },)"});
}

TEST_CASE("a comment above an entry stays with it") {
  const std::string text = edit(kProject, [](auto& d) { return d.set_requirement({"a.com/a", "v1.0.0"}, ""); });
  CHECK(text.contains("  \"require\": {\n    \"a.com/a\": \"v1.0.0\",\n    // formats\n    \"a.com/fmt\""));
}

TEST_CASE("a missing object is made where such objects stand") {
  CHECK(changed_lines([](auto& d) { return d.set_replacement({"a.com/fmt", ""}, {"./fork", ""}); }) ==
        Lines{R"(+  "replace": {)", R"(+    "a.com/fmt": { "dir": "./fork" })", R"(+  },)"});
  CHECK(changed_lines([](auto& d) { return d.set_major({"a.com/fmt", "v11.0.0"}); }) ==
        Lines{R"(+  "majors": {)", R"(+    "a.com/fmt": "v11.0.0")", R"(+  },)"});
  CHECK(changed_lines([](auto& d) { return d.add_exclusion({"a.com/fmt", "v10.2.0"}); }) ==
        Lines{R"(+  "exclude": {)", R"(+    "a.com/fmt": ["v10.2.0"])", R"(+  },)"});
}

TEST_CASE("a removed entry takes its comma and the comment behind it along") {
  CHECK(changed_lines([](auto& d) { return d.drop_requirement("a.com/fmt", ""); }) ==
        Lines{R"(-    "a.com/fmt": "v10.1.0", // raised by log)"});
  CHECK(changed_lines([](auto& d) { return d.drop_requirement("a.com/check", "test"); }) ==
        Lines{R"(-  "groups": { "test": { "a.com/check": "v0.4.0" } },)", R"(+  "groups": { "test": { } },)"});
  const std::string text = edit(kProject, [](auto& d) { return d.drop_requirement("a.com/odd", ""); });
  CHECK(text.contains("    \"a.com/log\": \"v1.0.0\"\n\n    /* odd numbers */\n  },\n"));
  CHECK(changed_lines([](auto& d) { return d.drop_description("a.com/odd"); }) ==
        Lines{R"(-    "a.com/odd": { "tags": ["{major}.{minor}"] })"});
}

TEST_CASE("replacements are written as they were meant") {
  const auto replaced = [](const ModuleVersion& from, const ModuleVersion& to) {
    return edit(R"({"schema":1,"module":"a.com/x"})", [&](auto& d) { return d.set_replacement(from, to); });
  };
  CHECK(replaced({"a.com/b", "v1.0.0"}, {"a.com/b", "v1.1.0"}) ==
        R"({"schema":1,"module":"a.com/x","replace":{"a.com/b@v1.0.0":{ "version": "v1.1.0" }}})");
  CHECK(replaced({"a.com/b", ""}, {"a.com/c", "v1.1.0"}).contains(R"({ "module": "a.com/c", "version": "v1.1.0" })"));
}

TEST_CASE("exclusions of one module are a sorted list") {
  std::string text = "{\n\t\"schema\": 1\n}\n";
  for (const auto* version : {"v1.10.0", "v1.2.0", "v1.9.0"}) {
    text = edit(text, [&](auto& d) { return d.add_exclusion({"a.com/b", version}); });
  }
  CHECK(text.contains("\t\"exclude\": {\n\t\t\"a.com/b\": [\"v1.2.0\", \"v1.9.0\", \"v1.10.0\"]\n\t}\n"));
  for (const auto* version : {"v1.2.0", "v1.10.0"}) {
    text = edit(text, [&](auto& d) { return d.drop_exclusion({"a.com/b", version}); });
  }
  CHECK(text.contains("[\"v1.9.0\"]"));
  text = edit(text, [&](auto& d) { return d.drop_exclusion({"a.com/b", "v1.9.0"}); });
  CHECK(text == "{\n\t\"schema\": 1,\n\t\"exclude\": {\n\t}\n}\n");
}

TEST_CASE("entries that are not sorted get new ones at the end") {
  CHECK(edit("{\n  \"require\": {\n    \"b.com/b\": \"v1.0.0\",\n    \"a.com/a\": \"v1.0.0\" // last\n  }\n}\n",
             [](auto& d) { return d.set_requirement({"a.com/c", "v1.0.0"}, ""); }) ==
        "{\n  \"require\": {\n    \"b.com/b\": \"v1.0.0\",\n    \"a.com/a\": \"v1.0.0\", // last\n"
        "    \"a.com/c\": \"v1.0.0\"\n  }\n}\n");
}

TEST_CASE("layouts of all kinds are kept") {
  struct Case {
    std::string_view text;
    std::string_view expected;  // with a.com/n v1.0.0
  };
  const Case cases[] = {
      {"{}", R"({ "require": { "a.com/n": "v1.0.0" } })"},
      {"{\r\n    \"schema\": 1\r\n}",
       "{\r\n    \"schema\": 1,\r\n    \"require\": {\r\n        \"a.com/n\": \"v1.0.0\"\r\n    }\r\n}"},
      {"{\n  \"require\": {}\n}", "{\n  \"require\": {\n    \"a.com/n\": \"v1.0.0\"\n  }\n}"},
      {"{\n  \"require\": {\n  }\n}", "{\n  \"require\": {\n    \"a.com/n\": \"v1.0.0\"\n  }\n}"},
      {"{\n  \"require\": { // none\n  }\n}", "{\n  \"require\": { // none\n    \"a.com/n\": \"v1.0.0\"\n  }\n}"},
      {R"({"require":{"a.com/a":"v1.0.0"}})", R"({"require":{"a.com/a":"v1.0.0","a.com/n":"v1.0.0"}})"},
      {R"({ "require": { /* none */ } })", R"({ "require": { /* none */ "a.com/n": "v1.0.0" } })"},
      {"{ \"require\": {\n  \"a.com/a\": \"v1.0.0\" }}",
       "{ \"require\": {\n  \"a.com/a\": \"v1.0.0\",\n  \"a.com/n\": \"v1.0.0\" }}"},
      {"{ \"require\": {\n  \"a.com/z\": \"v1.0.0\" }}",
       "{ \"require\": {\n  \"a.com/n\": \"v1.0.0\",\n  \"a.com/z\": \"v1.0.0\" }}"},
      {"{ \"require\": {\n    \"a.com/a\": \"v1\"\n  , \"a.com/z\": \"v1\"\n}}",
       "{ \"require\": {\n    \"a.com/a\": \"v1\", \"a.com/n\": \"v1.0.0\"\n  , \"a.com/z\": \"v1\"\n}}"},
  };
  for (const auto& [text, expected] : cases) {
    CHECK(edit(text, [](auto& d) { return d.set_requirement({"a.com/n", "v1.0.0"}, ""); }) == expected);
  }
}

TEST_CASE("what stands in the place of an object is told, and nothing changes") {
  const auto document =
      REQUIRE_OK(parse_manifest_document(R"({"require": [], "exclude": {"a.com/b": "v1"}})", "modtool.json"));
  CHECK_ERROR(document->set_requirement({"a.com/b", "v1.0.0"}, ""), Code::kManifestField,
              "require: must be an object, not a list");
  CHECK_ERROR(document->add_exclusion({"a.com/b", "v1.0.0"}), Code::kManifestField, "must be a list, not a string");
  CHECK(document->text() == R"({"require": [], "exclude": {"a.com/b": "v1"}})");
  CHECK_ERROR(parse_manifest_document("[]", "modtool.json"), Code::kManifestField,
              "modtool.json:1:1: must be an object");
  CHECK_ERROR(parse_manifest_document("<<<<<<< ours\n", "modtool.json"), Code::kConflictMarker, "modtool.json:1");
}

TEST_CASE("a new manifest is one") {
  const auto manifest = REQUIRE_OK(parse_manifest(new_manifest("example.com/demo"), "modtool.json", "0.1.0"));
  CHECK(manifest.path == "example.com/demo");
}

}  // namespace
}  // namespace modtool::native
