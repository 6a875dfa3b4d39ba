// The language of the scripts: a command a line.
//
//   # a comment
//   [go] ! exec go mod graph      conditions in brackets, `!` for "must fail", a command and its arguments
//
// Words are separated by blanks. A word in single quotes holds blanks and is taken as it stands, with '' for a quote;
// elsewhere $NAME and ${NAME} stand for environment variables.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::test {

struct Condition {
  std::string name;
  bool wanted = true;
};

struct Step {
  int line = 0;
  std::string text;  // the line, for the log
  std::vector<Condition> conditions;
  bool must_fail = false;
  std::string command;
  std::vector<std::string> arguments;
};

using Lookup = std::function<std::string(std::string_view name)>;

// A line of a script; an empty command where the line is blank or a comment. Code::kUsage where a quote stays open.
Result<Step> parse_step(std::string_view line, int number, const Lookup& variable);

// A script with rows is several: what stands in front of the first `row`, then the steps of one row. Lines keep their
// numbers. Without rows it is one.
std::vector<std::string> split_rows(const std::string& steps);

// The text with $NAME and ${NAME} replaced.
std::string expand(std::string_view text, const Lookup& variable);

}  // namespace modtool::test
