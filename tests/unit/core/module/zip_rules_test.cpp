#include "core/module/zip_rules.hpp"

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::module;

namespace {

const ModuleVersion kModule{"example.com/m", "v1.0.0"};

// Entries of the module's zip with these names below the prefix, empty all.
std::vector<TreeFile> entries_of(const std::vector<std::string>& names) {
  std::vector<TreeFile> entries;
  for (const std::string& name : names) entries.push_back({.name = "example.com/m@v1.0.0/" + name});
  return entries;
}

Result<std::vector<TreeFile>> check_names(const std::vector<std::string>& names) {
  return check_zip_entries(entries_of(names), kModule);
}

TreeFile file(const std::string& name, std::uint64_t size) {
  return {.name = "example.com/m@v1.0.0/" + name, .size = size};
}

}  // namespace

TEST_CASE("the files of a zip are given relative to the module and sorted, directories left out") {
  const auto files = REQUIRE_OK(check_names({"", "z.go", "a/", "a/b/", "a/b/c.go", "go.mod", "a/", "A.go"}));
  CHECK(files == std::vector<TreeFile>{{"A.go", 0}, {"a/b/c.go", 0}, {"go.mod", 0}, {"z.go", 0}});
}

TEST_CASE("names that leave the module or differ from machine to machine are refused") {
  struct Row {
    std::string name, reason;
  };
  const Row kRows[] = {
      {"../x", "invalid path element \"..\""},
      {"a/../../x", "file path is not clean"},
      {"a/../x", "file path is not clean"},
      {"./x", "file path is not clean"},
      {"a//b", "file path is not clean"},
      {"/etc/passwd", "empty path element"},
      {"/../x", "file path is not clean"},
      {"..", "invalid path element \"..\""},
      {".", "invalid path element \".\""},
      {"/", "file path is not clean"},
      {"a\\..\\x", "invalid char '\\\\'"},
      {"C:x", "invalid char ':'"},
      {"go.mod.", "trailing dot in path element"},
      {"a/nul.go", "\"nul\" disallowed as path element component on Windows"},
      {"a\nb", "invalid char '\\n'"},
      {std::string("a\0b", 3), "invalid char '\\x00'"},
      {"e\u0301.go", "invalid char '\u0301'"},
      {"\xFF", "invalid UTF-8"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.name);
    CHECK_ERROR(check_names({row.name}), Code::kZipRules, "example.com/m@v1.0.0/" + row.name + ": ");
    CHECK_ERROR(check_names({row.name}), Code::kZipRules, row.reason);
  }
}

TEST_CASE("an entry outside the prefix is refused") {
  for (const std::string name :
       {"go.mod", "example.com/m@v1.0.1/x", "example.com/m@v1.0.0", "/example.com/m@v1.0.0/x"}) {
    CAPTURE(name);
    CHECK_ERROR(check_zip_entries({{.name = name}}, kModule), Code::kZipRules,
                name + ": path does not have prefix \"example.com/m@v1.0.0/\"");
  }
}

TEST_CASE("two names that are one on some file system are refused") {
  struct Row {
    std::vector<std::string> names;
    std::string_view reason;
  };
  const Row kRows[] = {
      {{"a.go", "A.go"}, "case-insensitive file name collision: \"a.go\" and \"A.go\""},
      {{"k.go", "\u212A.go"}, "case-insensitive file name collision"},
      {{"s.go", "\u017F.go"}, "case-insensitive file name collision"},
      {{"\u00E9", "\u00C9"}, "case-insensitive file name collision"},
      {{"VERSION", "version/x"}, "case-insensitive file name collision: \"VERSION\" and \"version\""},
      {{"a/x", "A/y"}, "case-insensitive file name collision: \"a\" and \"A\""},
      {{"a", "a/x"}, "entry \"a\" is both a file and a directory"},
      {{"a/x", "a"}, "entry \"a\" is both a file and a directory"},
      {{"a", "a/"}, "entry \"a\" is both a file and a directory"},
      {{"a", "a"}, "multiple entries for file \"a\""},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.reason);
    CHECK_ERROR(check_names(row.names), Code::kZipRules, row.reason);
  }
}

TEST_CASE("a name that no system opens is refused before its directories are compared one by one") {
  std::string name = "x";
  while (name.size() < 60000) name += "/x";
  CHECK_ERROR(check_names({name}), Code::kZipRules, ": file path too long (60001 bytes)");
  REQUIRE_OK(check_names({name.substr(0, 4095)}));
}

TEST_CASE("go.mod stands at the root only, in lower case") {
  CHECK_ERROR(check_names({"sub/go.mod"}), Code::kZipRules, "go.mod file not in module root directory");
  CHECK_ERROR(check_names({"sub/GO.MOD"}), Code::kZipRules, "go.mod file not in module root directory");
  CHECK_ERROR(check_names({"Go.mod"}), Code::kZipRules, "go.mod files must have lowercase names");
  CHECK(check_names({"go.mod/"}).has_value());
}

TEST_CASE("go.mod, LICENSE and all files together have a largest size") {
  CHECK(check_zip_entries({file("go.mod", kMaxGoMod), file("LICENSE", kMaxLicense)}, kModule).has_value());
  CHECK_ERROR(check_zip_entries({file("go.mod", kMaxGoMod + 1)}, kModule), Code::kZipRules,
              "go.mod file too large (max size is 16777216 bytes)");
  CHECK_ERROR(check_zip_entries({file("LICENSE", kMaxLicense + 1)}, kModule), Code::kZipRules,
              "LICENSE file too large (max size is 16777216 bytes)");
  CHECK(check_zip_entries({file("a", kMaxZipFile)}, kModule).has_value());
  CHECK_ERROR(check_zip_entries({file("a", kMaxZipFile), file("b", 1)}, kModule), Code::kZipRules,
              "total uncompressed size of module contents too large (max size is 524288000 bytes)");
  CHECK_ERROR(check_zip_entries({file("a", UINT64_MAX), file("b", UINT64_MAX), file("c", 2)}, kModule), Code::kZipRules,
              "too large");
}

TEST_CASE("all problems of a zip are told at once") {
  CHECK_ERROR(check_names({"a:b", "ok", "sub/go.mod"}), Code::kZipRules,
              "example.com/m@v1.0.0/a:b: malformed file path \"a:b\": invalid char ':'\n"
              "example.com/m@v1.0.0/sub/go.mod: go.mod file not in module root directory");
}

TEST_CASE("only a canonical version that fits its path can have a zip") {
  CHECK_ERROR(check_zip_entries({}, {"example.com/m", "v1"}), Code::kZipRules,
              "version \"v1\" is not canonical (should be \"v1.0.0\")");
  CHECK_ERROR(check_zip_entries({}, {"example.com/m", "v1.0.0+x"}), Code::kZipRules, "is not canonical");
  CHECK_ERROR(check_zip_entries({}, {"example.com/m", "v2.0.0"}), Code::kBadVersion, "should be v0 or v1, not v2");
  CHECK_ERROR(check_zip_entries({}, {"m", "v1.0.0"}), Code::kBadModulePath, "missing dot");
  CHECK(check_zip_entries({}, {"example.com/m", "v2.0.0+incompatible"}).has_value());
}
