// Scenarios about graphs, in a language of one string (the idea is that of the tests of cmd/go/internal/mvs):
//
//     scenario: the greatest version that anything requires is selected
//     A: B1 C1                  # a module, and what it requires
//     B1: D2
//     C1:
//     build A: A B1 C1 D2       # an operation with its operands, and what is to come of it
//
// A module's name is a letter and a version of numbers and dots; a letter alone has no version. What stands behind the
// colon of a module may also be the one word `unreadable`. An operation has at least one operand. A scenario ends where
// the next begins; `#` begins a comment.
//
// Which operations there are, and what their operands and outcomes mean, is for the test that runs them: this reads
// words. It is strict, so that no line of a scenario goes unheard.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::test {

struct Operation {
  int line = 0;
  std::string verb;                   // "build"
  std::vector<std::string> operands;  // at least one
  std::string outcome;                // words with one space between them; may be empty
};

struct Scenario {
  std::string name;
  std::map<std::string, std::vector<std::string>> required;  // by module, in the order of its line
  std::vector<std::string> unreadable;                       // modules, in the order of their lines
  std::vector<Operation> operations;                         // at least one

  // All that stands before a colon, sorted by name.
  std::vector<std::string> modules() const;
};

// Code::kUsage with the line where the text is none of that: among other things for a verb that is not in `verbs`, a
// module that has two lines, a scenario in which nothing is done and a text without scenarios.
Result<std::vector<Scenario>> parse_scenarios(std::string_view text, const std::vector<std::string_view>& verbs);

// What an operation comes to in a scenario, as words.
using Outcome = std::function<std::string(const Scenario& scenario, const std::vector<std::string>& operands)>;

// Runs every operation of every scenario; a text that cannot be read fails the test as a wrong outcome does.
void run_scenarios(std::string_view text, const std::map<std::string_view, Outcome>& operations);

}  // namespace modtool::test
