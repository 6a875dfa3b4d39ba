#include "cli/flags.hpp"

#include <doctest/doctest.h>

namespace modtool::cli {
namespace {

TEST_CASE("words fill the variables of the flags and arguments that were declared") {
  FlagSet set;
  bool quiet = false;
  std::string upgrade;
  std::size_t jobs = 0;
  std::vector<std::string> modules;
  set.add_switch("-q,--quiet", quiet);
  set.add_switch("-u,--upgrade", upgrade);
  set.add_option("-j,--jobs", jobs);
  set.add_argument("MODULE", modules, "modules");
  REQUIRE(set.parse({"a", "-q", "b", "--upgrade=patch", "-j", "3"}));
  CHECK(quiet);
  CHECK(upgrade == "patch");
  CHECK(jobs == 3);
  CHECK(modules == std::vector<std::string>{"a", "b"});
}

TEST_CASE("values that are typed several times keep their order among all flags") {
  FlagSet set;
  std::vector<std::string> added;
  std::vector<std::string> dropped;
  bool print = false;
  set.add_option("--add", added).one_value_each_time();
  set.add_option("--drop", dropped).one_value_each_time();
  set.add_switch("--print", print);
  REQUIRE(set.parse({"--drop", "a", "--add=b", "--print", "--drop", "c"}));
  std::string typed;
  for (const auto& flag : set.typed()) typed += flag.name + "=" + flag.value + " ";
  CHECK(typed == "drop=a add=b drop=c ");
}

TEST_CASE("a set tells what was declared, its help first") {
  FlagSet set;
  std::string output;
  set.add_option("-o,--output", output);
  set.add_idle_switch("-m");
  std::string seen;
  for (const auto& flag : set.declared()) {
    for (const auto& name : flag.long_names) seen += "--" + name + " ";
    for (const auto& name : flag.short_names) seen += "-" + name + " ";
    if (flag.takes_value) seen += "takes a value ";
  }
  CHECK(seen == "--help -h --output -o takes a value -m ");
  set.drop_help();
  CHECK(set.declared().size() == 2);
}

TEST_CASE("what is wrong with the words is said in ours") {
  struct Row {
    std::vector<std::string> words;
    std::string reason;
  };
  const std::vector<Row> rows = {
      {{"--color=alwys"}, "--color: alwys not in {auto,always,never}; did you mean `always`?"},
      {{"--jobs", "many"}, "not a number: --jobs = many"},
      {{"--json=false"}, "--json takes no value"},
      {{"--name", "-x"}, "--name: not a name"},
  };
  for (const auto& [words, reason] : rows) {
    FlagSet set;
    std::string color;
    std::string name;
    std::size_t jobs = 0;
    bool json = false;
    set.add_option("--color", color).choices({"auto", "always", "never"});
    set.add_option("--name", name).check([](const std::string&) { return "not a name"; });
    set.add_option("--jobs", jobs);
    set.add_switch("--json", json).takes_no_value();
    const auto parsed = set.parse(words);
    CAPTURE(reason);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().reason == reason);
    CHECK_FALSE(parsed.error().asks_for_help);
    CHECK_FALSE(parsed.error().extra);
  }
}

TEST_CASE("the first word that nothing takes is told, and so is the wish for help") {
  const auto unknown = FlagSet().parse({"--formt=x", "more"});
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().extra == "--formt=x");
  const auto help = FlagSet().parse({"-h"});
  REQUIRE_FALSE(help);
  CHECK(help.error().asks_for_help);
}

}  // namespace
}  // namespace modtool::cli
