// Versions, names and module zips as Go's own packages see them, over thousands of made-up texts.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "core/base/glob.hpp"
#include "core/base/sha256.hpp"
#include "core/base/utf8.hpp"
#include "core/module/path.hpp"
#include "core/module/semver.hpp"
#include "core/module/zip_rules.hpp"
#include "tests/support/oracle.hpp"

namespace modtool::module {
namespace {

using Json = nlohmann::json;
using Words = std::vector<std::string>;
// A function's name and its arguments.
using Question = Words;

// The same texts at every run.
class Chance {
 public:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool once_in(std::size_t times) { return below(times) == 0; }
  const std::string& one_of(const Words& words) { return words[below(words.size())]; }

 private:
  std::mt19937 random_{53};
};

std::string text_of(const Result<void>& result) { return result ? "" : result.error().message; }
std::string text_of(const Result<std::string>& result) {
  return result ? "value: " + *result : "error: " + result.error().message;
}

std::string pseudo(const std::string& version) {
  if (!is_pseudo_version(version)) return "none";
  return fmt::format("{} {}", pseudo_version_time(version), pseudo_version_revision(version));
}

std::string split_of(const std::string& path) {
  const auto split = split_path_major(path);
  return split ? fmt::format("{} {}", split->prefix, split->major) : "error";
}

std::string check_zip(const Words& words) {
  std::vector<TreeFile> entries;
  for (std::size_t i = 2; i < words.size(); ++i) entries.push_back({.name = words[i]});
  const auto files = check_zip_entries(entries, {words[0], words[1]});
  return files ? fmt::format("value: {}", files->size()) : "error: " + files.error().message;
}

std::string file_runes() {
  std::string ranges;
  const auto is_allowed = [](std::uint32_t rune) {
    std::string name = "x";
    append_rune(name, rune);
    return (rune < 0xD800 || rune >= 0xE000) && rune <= 0x10FFFF && check_file_path(name + "x").has_value();
  };
  // No letters are assigned from here on, so samples must do: Go lists all.
  constexpr std::uint32_t kUnassigned = 0x34000;
  for (std::uint32_t rune = 1; rune <= 0x10FFFF; rune += rune < kUnassigned ? 1 : 0x101) {
    if (!is_allowed(rune)) continue;
    const auto first = rune;
    while (is_allowed(rune + 1)) ++rune;
    ranges += fmt::format("{:x}-{:x} ", first, rune);
  }
  return ranges;
}

std::string yes(bool value) { return value ? "true" : "false"; }

// Our answers, by the name of the function.
const std::map<std::string, std::function<std::string(const Words&)>> kFunctions = {
    {"compare_versions", [](const Words& a) { return std::to_string(compare_versions(a[0], a[1])); }},
    {"canonical_version", [](const Words& a) { return canonical_version(a[0]); }},
    {"version_major", [](const Words& a) { return std::string(version_major(a[0])); }},
    {"version_major_minor", [](const Words& a) { return version_major_minor(a[0]); }},
    {"version_prerelease", [](const Words& a) { return std::string(version_prerelease(a[0])); }},
    {"version_build", [](const Words& a) { return std::string(version_build(a[0])); }},
    {"pseudo", [](const Words& a) { return pseudo(a[0]); }},
    {"compare_go_versions", [](const Words& a) { return std::to_string(compare_go_versions(a[0], a[1])); }},
    {"is_valid_go_version", [](const Words& a) { return yes(is_valid_go_version(a[0])); }},
    {"go_language_version", [](const Words& a) { return go_language_version(a[0]); }},
    {"check_path", [](const Words& a) { return text_of(check_path(a[0])); }},
    {"check_import_path", [](const Words& a) { return text_of(check_import_path(a[0])); }},
    {"check_file_path", [](const Words& a) { return text_of(check_file_path(a[0])); }},
    {"check", [](const Words& a) { return text_of(check({a[0], a[1]})); }},
    {"check_path_major", [](const Words& a) { return text_of(check_path_major(a[0], a[1])); }},
    {"escape_path", [](const Words& a) { return text_of(escape_path(a[0])); }},
    {"escape_version", [](const Words& a) { return text_of(escape_version(a[0])); }},
    {"unescape_path", [](const Words& a) { return text_of(unescape_path(a[0])); }},
    {"unescape_version", [](const Words& a) { return text_of(unescape_version(a[0])); }},
    {"match_prefix_patterns", [](const Words& a) { return yes(match_prefix_patterns(a[0], a[1])); }},
    {"equal_fold", [](const Words& a) { return yes(fold_case(a[0]) == fold_case(a[1])); }},
    {"check_zip_entries", [](const Words& a) { return check_zip(a); }},
    {"file_runes", [](const Words&) { return file_runes(); }},
    {"match_glob", [](const Words& a) { return yes(match_glob(a[0], a[1])) + " " + yes(!is_valid_glob(a[0])); }},
    {"split_path_major", [](const Words& a) { return split_of(a[0]); }},
};

std::string base64(const std::string& text) {
  return to_base64({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

void compare(const test::ModOracle& oracle, const std::vector<Question>& questions) {
  Json request = Json::array();
  for (const auto& question : questions) {
    Json words = Json::array();
    for (const auto& word : question) words.push_back(base64(word));
    request.push_back(std::move(words));
  }
  const Json answers = Json::parse(oracle.ask(request.dump()));
  REQUIRE(answers.size() == questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const Words arguments(questions[i].begin() + 1, questions[i].end());
    const auto ours = kFunctions.at(questions[i][0])(arguments);
    CAPTURE(Json(questions[i]).dump(-1, ' ', true, Json::error_handler_t::replace));
    CHECK(ours == *from_base64(answers[i].get<std::string>()));
  }
}

const test::ModOracle& oracle() {
  static const test::ModOracle built("module_oracle.go");
  return built;
}

// A text put together from pieces, now and then with one byte changed.
std::string make_text(Chance& chance, const Words& pieces, std::size_t most) {
  std::string text;
  for (auto count = 1 + chance.below(most); count > 0; --count) text += chance.one_of(pieces);
  constexpr std::string_view kBytes = "!/.-+~@0a\xFF\xC3\n ";
  if (chance.once_in(12)) text.insert(chance.below(text.size() + 1), 1, kBytes[chance.below(kBytes.size())]);
  return text;
}

std::string make_version(Chance& chance) {
  static const Words kNumbers = {"0", "1", "2", "3", "9", "10", "11", "01", "", "99999999999999999999"};
  static const Words kTails = {"",     "-0",    "-1",       "-a",        "-a.1",    "-a.b",  "-1.2",
                               "-rc1", "-rc.2", "+build.1", "--",        "-a-",     "-a..b", "+incompatible",
                               "-01",  "-0a",   "-alpha",   "-alpha.10", "-alpha.9"};
  static const Words kPseudo = {"-20200101000000-abcdefabcdef", "-0.20200101000000-abcdefabcdef",
                                "-pre.0.20190101000000-abc",    "-20200101000000-abc.def",
                                "-0.2020010100000-abcdef",      "-x.20200101000000-abcdef"};
  if (chance.once_in(15)) return make_text(chance, {"v", "1", ".", "0", "-", "+", "a"}, 9);
  std::string version = "v" + chance.one_of(kNumbers);
  for (auto more = chance.once_in(8) ? chance.below(4) : 2; more > 0; --more) version += "." + chance.one_of(kNumbers);
  version += chance.one_of(chance.once_in(3) ? kPseudo : kTails);
  return chance.once_in(5) ? version + "+incompatible" : version;
}

const Words kPathPieces = {
    "example.com", "a",   "b",    "/",         "/", "/v2",    "/v1",    "/v02", "v3",     ".", "..",
    "gopkg.in/",   ".v2", ".v0",  "-unstable", "A", "con",    "AUX.go", "nul",  "x~1",    "~", "COM1",
    "com0",        "+",   " ",    "\u00E9",    "K", "\u212A", "\u4E2D", "-",    "vendor", "_", "LPT9.",
    "go.mod",      "/",   "e.x/", "!a",        "!", "*",      "x.y",    "'",    "\"",     "\\"};

TEST_CASE("versions are read and ordered as Go's own package does") {
  if (!test::has_oracle("go")) return;
  Chance chance;
  std::vector<Question> questions;
  Words versions;
  for (int i = 0; i < 1000; ++i) versions.push_back(make_version(chance));
  for (const auto& version : versions) {
    for (const char* function : {"canonical_version", "version_major", "version_major_minor", "version_prerelease",
                                 "version_build", "pseudo", "escape_version", "unescape_version"}) {
      questions.push_back({function, version});
    }
    for (int i = 0; i < 20; ++i) questions.push_back({"compare_versions", version, chance.one_of(versions)});
    questions.push_back(
        {"check", chance.one_of({"e.x/a", "e.x/a/v2", "gopkg.in/a.v1", "gopkg.in/a.v2", "a"}), version});
    questions.push_back({"check_path_major", version, chance.one_of({"", "/v2", ".v1", ".v2-unstable", "v3"})});
  }
  compare(oracle(), questions);
}

TEST_CASE("versions of Go are read and ordered as Go's own package does") {
  if (!test::has_oracle("go")) return;
  Chance chance;
  Words versions;
  for (int i = 0; i < 400; ++i) {
    versions.push_back(
        make_text(chance, {"1", ".", "21", ".2", "1.", "rc", "beta1", "0", "1.21", "x", "1.20", "9"}, 5));
  }
  std::vector<Question> questions;
  for (const auto& version : versions) {
    questions.push_back({"is_valid_go_version", version});
    questions.push_back({"go_language_version", version});
    for (int i = 0; i < 20; ++i) questions.push_back({"compare_go_versions", version, chance.one_of(versions)});
  }
  // Its own rule of the package go/version: a suffix is cut off. Here it makes a version invalid.
  std::erase_if(questions, [](const Question& question) {
    return std::ranges::any_of(question.begin() + 1, question.end(),
                               [](const std::string& word) { return word.find('-') != std::string::npos; });
  });
  compare(oracle(), questions);
}

TEST_CASE("paths and names are accepted and refused as Go's own package does") {
  if (!test::has_oracle("go")) return;
  Chance chance;
  std::vector<Question> questions;
  for (int i = 0; i < 4000; ++i) {
    std::string path = make_text(chance, kPathPieces, 6);
    if (chance.once_in(2)) path = "example.com/" + path;
    for (const char* function :
         {"check_path", "check_import_path", "check_file_path", "split_path_major", "escape_path", "unescape_path"}) {
      questions.push_back({function, path});
    }
  }
  compare(oracle(), questions);
}

TEST_CASE("the runes of file names are those that Go's own package allows") {
  if (!test::has_oracle("go")) return;
  compare(oracle(), {{"file_runes"}});
}

TEST_CASE("names differ in case only where Go says so") {
  if (!test::has_oracle("go")) return;
  std::vector<Question> questions;
  for (std::uint32_t rune = 1; rune <= 0x1FFFF; ++rune) {
    if (rune >= 0xD800 && rune < 0xE000) continue;
    std::string text;
    append_rune(text, rune);
    const auto folded = fold_case(text);
    // One that folds to itself can only be wrong together with one that should fold to it, a neighbour mostly.
    std::string neighbour;
    append_rune(neighbour, rune == 1 || (rune ^ 1) == 0xD800 ? 2 : rune ^ 1);
    questions.push_back({"equal_fold", text, folded == text ? neighbour : folded});
  }
  Chance chance;
  for (int i = 0; i < 3000; ++i) {
    const Words kPieces = {"k",      "K",      "\u212A", "s",      "S",      "\u017F", "\u00DF", "\u1E9E",
                           "\u03C3", "\u03C2", "\u03A3", "i",      "I",      "\u0130", "\u0131", "\u01C4",
                           "\u01C5", "\u01C6", "\u1C88", "\uA64A", "\u00B5", "\u03BC"};
    questions.push_back({"equal_fold", chance.one_of(kPieces), chance.one_of(kPieces)});
  }
  compare(oracle(), questions);
}

TEST_CASE("patterns match as Go's own packages match them") {
  if (!test::has_oracle("go")) return;
  Chance chance;
  const Words kPatterns = {"*", "?",  "[a-c]", "[^a]", "a", "b",      "/",  "x.y",
                           ",", "\\", "[",     "]",    "-", "\u00E9", "*b", "\\*"};
  const Words kTexts = {"a", "b", "c", "/", "x.y", "\u00E9", "*", "-", "]", "\\", "ab"};
  std::vector<Question> questions;
  for (int i = 0; i < 20000; ++i) {
    const auto pattern = make_text(chance, kPatterns, 5);
    const auto text = make_text(chance, kTexts, 5);
    questions.push_back({"match_glob", pattern, text});
    questions.push_back({"match_prefix_patterns", pattern, text});
  }
  compare(oracle(), questions);
}

TEST_CASE("module zips are accepted and refused as Go's own package does") {
  if (!test::has_oracle("go")) return;
  Chance chance;
  const Words kNames = {"a",  "A", "b/", "b/c", "B/d", "go.mod", "sub/go.mod", "GO.MOD", "LICENSE", "a/",
                        "..", ".", "//", "a/.", "k",   "\u212A", "b",          "x/y/z",  "x/Y/w",   "aux.c"};
  std::vector<Question> questions;
  for (int i = 0; i < 1500; ++i) {
    Question question = {"check_zip_entries", chance.one_of({"e.x/m", "e.x/m", "e.x/m", "e.x/m/v2", "m"}),
                         chance.one_of({"v1.0.0", "v1.0.0", "v1.0.0", "v1", "v2.0.0", "v2.0.0+incompatible"})};
    const auto prefix = question[1] + "@" + question[2] + "/";
    for (auto count = chance.below(6); count > 0; --count) {
      question.push_back((chance.once_in(20) ? "" : prefix) + chance.one_of(kNames));
    }
    questions.push_back(std::move(question));
  }
  compare(oracle(), questions);
}

}  // namespace
}  // namespace modtool::module
