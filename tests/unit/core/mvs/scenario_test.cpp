// The language of tests/support/scenario.hpp: what it takes, and that it lets nothing pass unheard.
#include "tests/support/scenario.hpp"

#include "tests/support/check.hpp"

namespace modtool::test {
namespace {

using Words = std::vector<std::string>;

TEST_CASE("a scenario has modules and operations") {
  const auto scenarios = REQUIRE_OK(parse_scenarios(R"(
    # Two of them.
    scenario: one module
    A: B1.2   b2
    b2: unreadable
    build A:  A   B1.2  # what is to come of it
    drop A b2:

    scenario: nothing but an operation
    build A: A)",
                                                    {"build", "drop"}));
  REQUIRE(scenarios.size() == 2);
  const auto& first = scenarios[0];
  CHECK(first.name == "one module");
  CHECK(first.modules() == Words{"A", "b2"});
  CHECK(first.required.at("A") == Words{"B1.2", "b2"});
  CHECK(first.required.at("b2").empty());
  CHECK(first.unreadable == Words{"b2"});
  REQUIRE(first.operations.size() == 2);
  CHECK(first.operations[0].line == 6);
  CHECK(first.operations[0].verb == "build");
  CHECK(first.operations[0].operands == Words{"A"});
  CHECK(first.operations[0].outcome == "A B1.2");
  CHECK(first.operations[1].operands == Words{"A", "b2"});
  CHECK(first.operations[1].outcome.empty());
  CHECK(scenarios[1].name == "nothing but an operation");
  CHECK(scenarios[1].required.empty());
}

TEST_CASE("a line that means nothing is an error with its number") {
  struct Case {
    std::string_view text;
    std::string_view error;
  };
  const Case cases[] = {
      {"", "scenarios:0: there is no scenario"},
      {"# only this", "scenarios:1: there is no scenario"},
      {"A: B1", "scenarios:1: the first line must name a scenario"},
      {"scenario:\nbuild A: A", "scenarios:1: a scenario without a name"},
      {"scenario: x\nA: B1", "scenarios:2: nothing is done in `x`"},
      {"scenario: x\nA: B1\nscenario: y\nbuild A: A", "scenarios:3: nothing is done in `x`"},
      {"scenario: x\nbuild A A", "scenarios:2: no colon in `build A A`"},
      {"scenario: x\n: A", "scenarios:2: nothing before the colon"},
      {"scenario: x\nbiuld A: A", "scenarios:2: no operation `biuld`"},
      {"scenario: x\nbuild: A", "scenarios:2: `build` is no module"},
      {"scenario: x\nAB1: C1", "scenarios:2: `AB1` is no module"},
      {"scenario: x\nA: B1 2", "scenarios:2: `2` is no module"},
      {"scenario: x\nA: unreadable B1", "scenarios:2: `unreadable` is no module"},
      {"scenario: x\nA: B1\nA: C1", "scenarios:3: a second line of `A`"},
  };
  for (const auto& [text, error] : cases) {
    INFO(text);
    CHECK_ERROR(parse_scenarios(text, {"build"}), Code::kUsage, error);
  }
}

}  // namespace
}  // namespace modtool::test
