#include "core/native/manifest_merge.hpp"

#include <fmt/format.h>

#include <random>

#include "core/base/json.hpp"
#include "core/native/manifest_file.hpp"
#include "tests/support/check.hpp"

namespace modtool::native {
namespace {

// Puts what a case is about into a manifest that is good.
std::string manifest_of(std::string_view entries) {
  return fmt::format("{{\n  \"schema\": 1,\n  \"module\": \"example.com/m\"{}\n}}\n",
                     entries.empty() ? "" : fmt::format(",\n{}", entries));
}

manifest::MergedFile merge_texts(const std::string& base, const std::string& ours, const std::string& theirs) {
  return REQUIRE_OK(merge_manifests({.base = base, .ours = ours, .theirs = theirs, .name = "modtool.json"}, "0.1.0"));
}

std::string canonical(const std::string& text) { return json::canonical(REQUIRE_OK(json::parse(text, "m"))); }

struct Case {
  std::string_view name;
  std::string_view base;
  std::string_view ours;
  std::string_view theirs;
  std::string_view wanted;
};

TEST_CASE("entries are merged by their keys, and the bytes of both sides are kept") {
  const Case cases[] = {
      {"both add", R"(  "require": { "a.com/c": "v1.0.0" })",
       R"(  "require": { "a.com/a": "v1.0.0", "a.com/c": "v1.0.0" })",
       R"(  "require": { "a.com/b": "v1.0.0", "a.com/c": "v1.0.0" })",
       R"(  "require": { "a.com/a": "v1.0.0", "a.com/b": "v1.0.0", "a.com/c": "v1.0.0" })"},
      {"both make the object", "", R"(  "require": { "a.com/a": "v1.0.0" })", R"(  "require": { "a.com/b": "v1.0.0" })",
       R"(  "require": { "a.com/a": "v1.0.0", "a.com/b": "v1.0.0" })"},
      {"the higher version", R"(  "require": { "a.com/a": "v1.9.0" })", R"(  "require": { "a.com/a": "v1.10.0" })",
       R"(  "require": { "a.com/a": "v1.9.1" })", R"(  "require": { "a.com/a": "v1.10.0" })"},
      {"the higher version of theirs, in a group", R"(  "groups": { "test": { "a.com/a": "v1.0.0" } })",
       R"(  "groups": { "test": { "a.com/a": "v1.1.0" } })", R"(  "groups": { "test": { "a.com/a": "v1.2.0" } })",
       R"(  "groups": { "test": { "a.com/a": "v1.2.0" } })"},
      {"lowered on one side", R"(  "require": { "a.com/a": "v1.9.0" })", R"(  "require": { "a.com/a": "v1.8.0" })",
       R"(  "require": { "a.com/a": "v1.9.0", "a.com/b": "v1.0.0" })",
       R"(  "require": { "a.com/a": "v1.8.0", "a.com/b": "v1.0.0" })"},
      {"the last one dropped, another added behind it",
       "  \"require\": {\n    \"a.com/a\": \"v1.0.0\",\n    \"a.com/b\": \"v1.0.0\"\n  }",
       "  \"require\": {\n    \"a.com/a\": \"v1.0.0\"\n  }",
       "  \"require\": {\n    \"a.com/a\": \"v1.0.0\",\n    \"a.com/b\": \"v1.0.0\",\n    \"a.com/c\": \"v1.0.0\"\n  }",
       "  \"require\": {\n    \"a.com/a\": \"v1.0.0\",\n    \"a.com/c\": \"v1.0.0\"\n  }"},
      {"one line into many", "  \"require\": {\n    \"a.com/a\": \"v1.0.0\"\n  }",
       "  \"require\": {\n    \"a.com/a\": \"v1.0.0\",\n    \"a.com/c\": \"v1.0.0\"\n  }",
       R"(  "require": { "a.com/a": "v1.0.0", "a.com/b": "v1.0.0" })",
       "  \"require\": { \"a.com/a\": \"v1.0.0\", \"a.com/b\": \"v1.0.0\",    \"a.com/c\": \"v1.0.0\"\n }"},
      {"comments of both sides", "  // deps\n  \"require\": {\n    \"a.com/a\": \"v1.0.0\" // one\n  }",
       "  // our deps\n  \"require\": {\n    \"a.com/a\": \"v1.1.0\" // one\n  }",
       "  // deps\n  \"require\": {\n    \"a.com/a\": \"v1.0.0\", // two\n    // new\n    \"a.com/b\": \"v1.0.0\" /* b "
       "*/\n  }",
       "  // our deps\n  \"require\": {\n    \"a.com/a\": \"v1.1.0\", // two\n    // new\n    \"a.com/b\": \"v1.0.0\" "
       "/* b */\n  }"},
      {"comments of one entry, changed on both sides", "  // x\n  \"license\": \"MIT\"",
       "  // ours\n  \"license\": \"MIT\"", "  // theirs\n  \"license\": \"MIT\"",
       "  // ours\n    // theirs\n  \"license\": \"MIT\""},
      {"keys of a description", "", R"(  "describe": { "a.com/a": { "tags": ["v{version}"] } })",
       R"(  "describe": { "a.com/a": { "license": "MIT" } })",
       R"(  "describe": { "a.com/a": { "license": "MIT", "tags": ["v{version}"] } })"},
      {"excluded versions are a set", R"(  "exclude": { "a.com/a": ["v1.0.0", "v1.1.0"] })",
       R"(  "exclude": { "a.com/a": ["v1.1.0", "v1.2.0"] })",
       R"(  "exclude": { "a.com/a": ["v1.0.0", "v1.1.0", "v1.3.0"] })",
       R"(  "exclude": { "a.com/a": ["v1.1.0", "v1.2.0", "v1.3.0"] })"},
      {"retractions too", R"(  "retract": [{ "versions": "v1.0.0" }])",
       R"(  "retract": [{ "versions": "v1.0.0" }, { "versions": "v1.1.0" }])",
       R"(  "retract": [{ "versions": "v1.0.0" }, { "versions": "v1.2.0" }])", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto base = manifest_of(c.base);
    const auto ours = manifest_of(c.ours);
    const auto theirs = manifest_of(c.theirs);
    const auto result = merge_texts(base, ours, theirs);
    CHECK(result.conflicts.empty());
    if (!c.wanted.empty()) CHECK(result.text == manifest_of(c.wanted));
    CHECK(parse_manifest(result.text, "m", "0.1.0").has_value());
  }
}

TEST_CASE("a version that one side raised and the other lowered is a contradiction") {
  const auto side = [](const char* version) {
    return manifest_of(R"(  "require": { "a.com/a": ")" + std::string(version) + R"(" })");
  };
  CHECK(merge_texts(side("v1.2.0"), side("v1.3.0"), side("v1.1.0")).conflicts.size() == 1);
  CHECK(merge_texts(side("v1.2.0"), side("v1.1.0"), side("v1.3.0")).conflicts.size() == 1);
  CHECK(merge_texts(side("v1.2.0"), side("v1.1.0"), side("v1.0.0")).conflicts.empty());
  CHECK(merge_texts("", side("v1.1.0"), side("v1.0.0")).conflicts.empty());
}

TEST_CASE("a contradiction stands between marks, and either choice is a manifest") {
  const struct {
    Case texts;
    std::string_view conflict;
  } cases[] = {
      {{"dropped and changed", R"(  "require": { "a.com/a": "v1.0.0" })", R"(  "require": { "a.com/a": "v1.1.0" })",
        R"(  "require": {})", "  \"require\": {\n<<<<<<< ours\n \"a.com/a\": \"v1.1.0\"\n=======\n>>>>>>> theirs\n}"},
       R"(require["a.com/a"] was changed on one side and dropped on the other)"},
      {{"dropped and changed, the last of two", R"(  "require": { "a.com/a": "v1.0.0", "a.com/b": "v1.0.0" })",
        R"(  "require": { "a.com/a": "v1.0.0" })", R"(  "require": { "a.com/a": "v1.0.0", "a.com/b": "v1.1.0" })",
        "  \"require\": { \"a.com/a\": \"v1.0.0\"\n<<<<<<< ours\n=======\n , \"a.com/b\": \"v1.1.0\"\n>>>>>>> theirs\n "
        "}"},
       R"(require["a.com/b"] was changed on one side and dropped on the other)"},
      {{"two licences", R"(  "license": "MIT")", R"(  "license": "ISC")", R"(  "license": "0BSD")",
        "<<<<<<< ours\n  \"license\": \"ISC\"\n=======\n  \"license\": \"0BSD\"\n>>>>>>> theirs"},
       "license was changed to different values"},
      {{"two replacements", "", R"(  "replace": { "a.com/a": { "dir": "../a" } })",
        R"(  "replace": { "a.com/a": { "version": "v1.0.0" } })",
        "  \"replace\": {\n<<<<<<< ours\n \"a.com/a\": { \"dir\": \"../a\" }\n=======\n \"a.com/a\": { \"version\": "
        "\"v1.0.0\" }\n>>>>>>> theirs\n }"},
       R"(replace["a.com/a"] was changed to different values)"},
      {{"two floors", "", R"(  "majors": { "a.com/a": "v1.0.0" })", R"(  "majors": { "a.com/a": "v2.0.0" })", ""},
       R"(majors["a.com/a"] was changed to different values)"},
      {{"two lists of tags", "", R"(  "describe": { "a.com/a": { "tags": ["{version}"] } })",
        R"(  "describe": { "a.com/a": { "tags": ["v{version}"] } })", ""},
       R"(describe["a.com/a"].tags was changed to different values)"},
  };
  for (const auto& [c, conflict] : cases) {
    CAPTURE(c.name);
    const auto result = merge_texts(manifest_of(c.base), manifest_of(c.ours), manifest_of(c.theirs));
    CHECK(result.conflicts == std::vector<std::string>{std::string(conflict)});
    if (!c.wanted.empty()) CHECK(result.text == manifest_of(c.wanted));
    CHECK_ERROR(parse_manifest(result.text, "m", "0.1.0"), Code::kConflictMarker, "");
    std::string choices[2];
    int side = -1;  // that the lines belong to; -1: to both
    std::string_view rest = result.text;
    while (!rest.empty()) {
      const auto line = rest.substr(0, rest.find('\n') + 1);
      rest.remove_prefix(line.size());
      if (line.starts_with("<<<<<<<")) {
        side = 0;
      } else if (line.starts_with("=======")) {
        side = 1;
      } else if (line.starts_with(">>>>>>>")) {
        side = -1;
      } else {
        for (int i = 0; i < 2; ++i) {
          if (side < 0 || side == i) choices[i] += line;
        }
      }
    }
    for (const auto& choice : choices) {
      CAPTURE(choice);
      CHECK(parse_manifest(choice, "m", "0.1.0").has_value());
    }
  }
}

TEST_CASE("keys that exclude each other are a conflict of the whole file") {
  const auto result =
      merge_texts(manifest_of(""), manifest_of(R"(  "describe": { "a.com/a": { "git": "https://a.com/x" } })"),
                  manifest_of(R"(  "describe": { "a.com/a": { "archive": "https://a.com/{version}.zip" } })"));
  REQUIRE(result.conflicts.size() == 1);
  CHECK(result.conflicts.front().contains(R"(must not have both "git" and "archive")"));
  CHECK(result.text.starts_with("<<<<<<< ours\n{\n"));
}

TEST_CASE("a side that is no manifest is named") {
  CHECK_ERROR(merge_manifests({.base = "", .ours = "{", .theirs = manifest_of(""), .name = "modtool.json"}, "0.1.0"),
              Code::kJsonSyntax, "modtool.json (ours)");
}

// A manifest with requirements, exclusions and comments, laid out in many ways.
class RandomManifest {
 public:
  explicit RandomManifest(unsigned seed) : random_(seed) {}

  std::string next() {
    const std::string line = pick(2) == 0 ? "\n    " : " ";
    std::string entries;
    for (char name = 'a'; name < 'g'; ++name) {
      if (pick(3) == 0) continue;
      if (!entries.empty()) entries += ",";
      if (line != " " && pick(4) == 0) entries += fmt::format(" // behind {}", pick(3));
      entries += line;
      if (pick(5) == 0) entries += fmt::format("/* {} */ ", pick(3));
      entries += fmt::format(R"("a.com/{}": "v1.{}.0")", name, pick(3));
    }
    return manifest_of(fmt::format("  \"require\": {{{}{}}}", entries, line == " " ? " " : "\n  "));
  }

 private:
  unsigned pick(unsigned count) { return static_cast<unsigned>(random_()) % count; }
  std::mt19937 random_;
};

TEST_CASE("whatever two branches did, the merge is a manifest or says its conflicts, and means the same either way") {
  for (unsigned seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    RandomManifest random(seed);
    const auto base = random.next();
    const auto ours = random.next();
    const auto theirs = random.next();
    const auto result = merge_texts(base, ours, theirs);
    const auto swapped = merge_texts(base, theirs, ours);
    CAPTURE(result.text);
    CHECK(result.conflicts == swapped.conflicts);
    CHECK(manifest::MergedFile(merge_texts(base, ours, ours)).text == ours);
    CHECK(merge_texts(base, base, theirs).text == theirs);
    if (!result.conflicts.empty()) continue;
    CHECK(parse_manifest(result.text, "m", "0.1.0").has_value());
    CHECK(canonical(result.text) == canonical(swapped.text));
  }
}

}  // namespace
}  // namespace modtool::native
