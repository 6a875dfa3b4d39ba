#include "core/git/ignore_rules.hpp"

#include <fmt/format.h>

#include <random>

#include "core/base/text.hpp"
#include "core/git/git_keeping.hpp"
#include "tests/support/check.hpp"
#include "tests/support/files.hpp"
#include "tests/support/git_fixture.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool;
using namespace modtool::git;
using test::GitFixture;

namespace {

// "file:line" of the rule, or "-".
std::string place_of(const std::optional<IgnoreRule>& rule) {
  return rule ? fmt::format("{}:{}", rule->file, rule->line) : "-";
}

struct RuleCase {
  const char* rules;
  const char* file;
  const char* place;
};

}  // namespace

TEST_CASE("a rule of one file leaves out what it names") {
  const RuleCase cases[] = {
      {"*.o\n", "a/b/x.o", ".gitignore:1"},
      {"# c\n\n/x\n", "x", ".gitignore:3"},
      {"/x\n", "a/x", "-"},
      {"a/x\n", "b/a/x", "-"},
      {"**/a/x\n", "b/a/x", ".gitignore:1"},
      {"a/**\n", "a/b/c", ".gitignore:1"},
      {"a/**\n", "a", "-"},
      {"a/**/z\n", "a/z", ".gitignore:1"},
      {"a/**/z\n", "a/b/c/z", ".gitignore:1"},
      {"build/\n", "a/build/x", ".gitignore:1"},
      {"build/\n", "a/build", "-"},
      {"*\n!keep\n", "keep", "-"},
      {"*\n!keep\n", "a/keep", ".gitignore:1"},
      {"!keep\n*\n", "keep", ".gitignore:2"},
      {"\\#x\n", "#x", ".gitignore:1"},
      {"\\!x\n", "!x", ".gitignore:1"},
      {"x   \n", "x", ".gitignore:1"},
      {"x\\ \n", "x ", ".gitignore:1"},
      {"x.[!co]\n", "x.a", ".gitignore:1"},
      {"x.[!co]\n", "x.o", "-"},
      {"x\r\n", "x", ".gitignore:1"},
      {"/\n", "x", "-"},
      {".*\n", ".editorconfig", ".gitignore:1"},
  };
  for (const auto& [text, file, place] : cases) {
    CAPTURE(text);
    CAPTURE(file);
    IgnoreRules rules;
    rules.add("", text);
    CHECK(place_of(rules.rule_for(file)) == place);
  }
}

TEST_CASE("the nearest file decides, but for what lies in a directory that is left out") {
  IgnoreRules rules;
  rules.add("", "*.log\nout/\n");
  rules.add("a", "!b.log\nown\n");
  rules.add("out", "!*\n");
  CHECK(place_of(rules.rule_for("a/b.log")) == "-");
  CHECK(place_of(rules.rule_for("a/c.log")) == ".gitignore:1");
  CHECK(place_of(rules.rule_for("a/deep/own")) == "a/.gitignore:2");
  CHECK(place_of(rules.rule_for("own")) == "-");
  CHECK(place_of(rules.rule_for("out/x")) == ".gitignore:2");
}

TEST_CASE("chance makes no rules that Git reads otherwise") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "r", false);
  std::mt19937 random(20261130);
  const auto pick = [&](const std::vector<std::string>& words) { return words[random() % words.size()]; };
  const std::vector<std::string> names = {"a", "b", "ab", "a.o", ".x", "c"};
  const std::vector<std::string> parts = {"a", "b", "*", "**", "a*", "?", "[a-b]", "[!a]", "*.o", ".x", "c"};
  std::string paths;
  for (const auto& one : names) {
    for (const auto& two : names) {
      for (const auto& three : names) paths += "d" + one + "/d" + two + "/" + three + "\n";
      paths += "d" + one + "/" + two + "\n";
    }
    paths += one + "\n";
  }
  paths += "ignored always\n";  // so that git says that something is
  for (int round = 0; round < 60; ++round) {
    IgnoreRules rules;
    for (const std::string directory : {"", "da", "da/db"}) {
      std::string text;
      for (auto lines = random() % 4; lines > 0; --lines) {
        std::string line = random() % 4 == 0 ? "!" : "";
        if (random() % 4 == 0) line += "/";
        const auto depth = 1 + random() % 3;
        for (std::size_t i = 0; i < depth; ++i) {
          const std::string part = pick(parts);
          line += (i > 0 ? "/" : "") + std::string(random() % 2 == 0 && part != "**" ? "d" : "") + part;
        }
        if (random() % 4 == 0) line += "/";
        text += line + "\n";
      }
      if (directory.empty()) text += "ignored always\n";
      test::write_file(temp / ("r/" + io::join_path(directory, ".gitignore")), text);
      rules.add(directory, text);
    }
    const std::string told = fixture.git({"check-ignore", "--no-index", "-v", "-n", "--stdin"}, paths);
    for (const auto line : split(trim(told), '\n')) {
      const auto tab = line.find('\t');
      const auto path = line.substr(tab + 1);
      const auto rule = line.substr(0, tab);
      const auto pattern = rule.substr(std::min(rule.size(), rule.find(':', rule.find(':') + 1) + 1));
      const bool is_kept = rule == "::" || pattern.starts_with('!');
      const std::string expected(is_kept ? "-" : rule.substr(0, rule.find(':', rule.find(':') + 1)));
      CAPTURE(round);
      CAPTURE(line);
      CHECK(place_of(rules.rule_for(path)) == expected);
    }
  }
}
