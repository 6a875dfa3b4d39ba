#include "vendor_tool/proof/staleness.hpp"

#include "core/module/module_version.hpp"
#include "tests/support/check.hpp"

namespace modtool::vendor_tool {
namespace {

using manifest::ModulesTxt;

ModulesTxt index_of(std::string_view text) { return REQUIRE_OK(manifest::parse_modules_txt(text, "modules.txt")); }

// "line module message", a line each.
std::string text_of(const std::vector<Finding>& findings) {
  std::string text;
  for (const auto& finding : findings) {
    CHECK(finding.code == Code::kVendorStale);
    CHECK(finding.path == "modules.txt");
    text += std::to_string(finding.line) + " " + finding.module + " " + finding.message + "\n";
  }
  return text;
}

ManifestFacts facts_of(const std::vector<module::ModuleVersion>& require,
                       const std::vector<std::pair<module::ModuleVersion, module::ModuleVersion>>& replace = {}) {
  ManifestFacts facts;
  for (const auto& module : require) facts.require.push_back({.module = module});
  for (const auto& [from, to] : replace) facts.replace.push_back({.from = from, .to = to});
  return facts;
}

const module::ModuleVersion kA{"a.org/a", "v1.0.0"};
const module::ModuleVersion kB{"b.org/b", "v1.0.0"};
const module::ModuleVersion kFork{"f.org/f", "v1.2.0"};

}  // namespace

TEST_CASE("an index is held against what the manifest asks for") {
  const struct {
    std::string name;
    std::string index;
    ManifestFacts manifest;
    std::string findings;
  } rows[] = {
      {"the same", "# a.org/a v1.0.0\n## explicit\na.org/a\n", facts_of({kA}), ""},
      {"nothing", "", facts_of({}), ""},
      {"another version", "# a.org/a v1.1.0\n## explicit\na.org/a\n", facts_of({kA}),
       "1 a.org/a@v1.1.0 the manifest requires v1.0.0\n"
       "1 a.org/a@v1.1.0 is marked explicit, but the manifest does not require it\n"},
      {"not in the index", "# a.org/a v1.0.0\n## explicit\na.org/a\n", facts_of({kA, kB}),
       "0 b.org/b@v1.0.0 is required by the manifest and not in the index\n"},
      {"not in an index without marks", "# a.org/a v1.0.0\na.org/a\n", facts_of({kA, kB}), ""},
      {"not marked", "# a.org/a v1.0.0\n## explicit\na.org/a\n# b.org/b v1.0.0\nb.org/b\n", facts_of({kA, kB}),
       "4 b.org/b@v1.0.0 is required by the manifest, but not marked explicit\n"},
      {"no longer required", "# a.org/a v1.0.0\n## explicit\na.org/a\n", facts_of({}),
       "1 a.org/a@v1.0.0 is marked explicit, but the manifest does not require it\n"},
      {"replaced", "# a.org/a v1.0.0 => f.org/f v1.2.0\n## explicit\na.org/a\n", facts_of({kA}, {{kA, kFork}}), ""},
      {"replaced by another version", "# a.org/a v1.0.0 => f.org/f v1.1.0\n## explicit\na.org/a\n",
       facts_of({kA}, {{kA, kFork}}),
       "1 a.org/a@v1.0.0 is replaced by f.org/f@v1.1.0 in the index and by f.org/f@v1.2.0 in the manifest\n"},
      {"replaced no longer", "# a.org/a v1.0.0 => f.org/f v1.2.0\n## explicit\na.org/a\n", facts_of({kA}),
       "1 a.org/a@v1.0.0 is replaced by f.org/f@v1.2.0 in the index and by nothing in the manifest\n"},
      {"replaced by a directory", "# a.org/a v1.0.0\n## explicit\na.org/a\n", facts_of({kA}, {{kA, {"./a", ""}}}),
       "1 a.org/a@v1.0.0 is replaced by nothing in the index and by ./a in the manifest\n"},
      {"an unused replacement", "# a.org/a v1.0.0\n## explicit\na.org/a\n# b.org/b v1.0.0 => f.org/f v1.2.0\n",
       facts_of({kA}, {{kB, kFork}}), ""},
      {"an unused replacement that is gone",
       "# a.org/a v1.0.0\n## explicit\na.org/a\n# b.org/b v1.0.0 => f.org/f v1.2.0\n", facts_of({kA}),
       "4 b.org/b@v1.0.0 is replaced in the index, but not so in the manifest\n"},
      {"an unused replacement that is new", "# a.org/a v1.0.0\n## explicit\na.org/a\n", facts_of({kA}, {{kB, kFork}}),
       "0 b.org/b@v1.0.0 is replaced in the manifest, but not in the index\n"},
      {"an unused replacement and no marks", "# a.org/a v1.0.0\na.org/a\n", facts_of({kA}, {{kB, kFork}}), ""},
  };
  for (const auto& [name, index, manifest, findings] : rows) {
    CAPTURE(name);
    CHECK(text_of(compare_with_manifest(index_of(index), manifest, "modules.txt")) == findings);
  }
}

TEST_CASE("an index is held against the planned one") {
  const std::string index = "# a.org/a v1.0.0\n## explicit; go 1.20\na.org/a\na.org/a/p\n";
  const struct {
    std::string name;
    std::string planned;
    std::string findings;
  } rows[] = {
      {"the same", index, ""},
      {"another version", "# a.org/a v1.1.0\n## explicit; go 1.20\na.org/a\na.org/a/p\n",
       "1 a.org/a@v1.0.0 v1.1.0 is asked for\n"},
      {"another replacement", "# a.org/a v1.0.0 => ./a\n## explicit; go 1.20\na.org/a\na.org/a/p\n",
       "1 a.org/a@v1.0.0 is replaced by ./a now\n"},
      {"not direct", "# a.org/a v1.0.0\n## go 1.20\na.org/a\na.org/a/p\n",
       "1 a.org/a@v1.0.0 is no longer required directly\n"},
      {"another go line", "# a.org/a v1.0.0\n## explicit; go 1.21\na.org/a\na.org/a/p\n",
       "1 a.org/a@v1.0.0 its go version is written otherwise now\n"},
      {"a package less", "# a.org/a v1.0.0\n## explicit; go 1.20\na.org/a\n",
       "1 a.org/a@v1.0.0 \"a.org/a/p\" is vendored and no longer used\n"},
      {"a package more", "# a.org/a v1.0.0\n## explicit; go 1.20\na.org/a\na.org/a/p\na.org/a/q\n",
       "1 a.org/a@v1.0.0 \"a.org/a/q\" is used and not vendored\n"},
      {"a module more", index + "# b.org/b v1.0.0\nb.org/b\n", "0 b.org/b@v1.0.0 is asked for and not vendored\n"},
      {"nothing", "", "1 a.org/a@v1.0.0 is vendored and no longer asked for\n"},
  };
  for (const auto& [name, planned, findings] : rows) {
    CAPTURE(name);
    CHECK(text_of(compare_indexes(index_of(planned), index_of(index), "modules.txt")) == findings);
  }
  const auto direct = index_of("# a.org/a v1.0.0\n## explicit\na.org/a\n");
  const auto indirect = index_of("# a.org/a v1.0.0\na.org/a\n");
  CHECK(text_of(compare_indexes(direct, indirect, "modules.txt")) == "1 a.org/a@v1.0.0 is required directly now\n");
}

TEST_CASE("two indexes have the same modules where they differ in packages, and in what packages brought in, alone") {
  const std::string a = "# a.org/a v1.0.0\n## explicit; go 1.20\na.org/a\n";
  const struct {
    std::string other;
    bool same;
  } rows[] = {
      {a, true},
      {a + "a.org/a/p\n", true},
      {a + "# b.org/b v1.0.0\nb.org/b\n", true},
      {a + "# b.org/b v1.0.0\n## explicit\nb.org/b\n", false},
      {"# a.org/a v1.1.0\n## explicit; go 1.20\na.org/a\n", false},
      {"# a.org/a v1.0.0\n## explicit; go 1.21\na.org/a\n", false},
      {"# a.org/a v1.0.0\n## go 1.20\na.org/a\n", false},
      {"# a.org/a v1.0.0 => ./a\n## explicit; go 1.20\na.org/a\n", false},
      {a + "# b.org/b => ./b\n", false},
      {"## workspace\n" + a, false},
  };
  for (const auto& [other, same] : rows) {
    CAPTURE(other);
    CHECK(same_modules(index_of(a), index_of(other)) == same);
    CHECK(same_modules(index_of(other), index_of(a)) == same);
  }
}

}  // namespace modtool::vendor_tool
