#include "tests/support/scenario.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"
#include "tests/support/check.hpp"

namespace modtool::test {
namespace {

bool is_version_part(char c) { return is_digit(c) || c == '.'; }

bool is_module(std::string_view word) {
  return !word.empty() && is_ascii_letter(word[0]) && std::ranges::all_of(word.substr(1), is_version_part);
}

std::vector<std::string> words_of(std::string_view text) {
  const auto fields = split_fields(text);
  return {fields.begin(), fields.end()};
}

class ScenarioReader {
 public:
  explicit ScenarioReader(const std::vector<std::string_view>& verbs) : verbs_(verbs) {}

  Result<std::vector<Scenario>> read(std::string_view text) && {
    for (const auto whole_line : split_lines(text)) {
      ++line_;
      const auto line = trim(whole_line.substr(0, whole_line.find('#')));
      if (!line.empty()) MODTOOL_CHECK(read_line(line));
    }
    if (scenarios_.empty()) return wrong("there is no scenario");
    MODTOOL_CHECK(check_last());
    return std::move(scenarios_);
  }

 private:
  std::unexpected<Error> wrong(const std::string& what) const {
    return fail(Code::kUsage, fmt::format("scenarios:{}: {}", line_, what));
  }

  Result<void> read_line(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == line.npos) return wrong(fmt::format("no colon in `{}`", line));
    const auto words = words_of(line.substr(0, colon));
    const auto rest = trim(line.substr(colon + 1));
    if (words.empty()) return wrong("nothing before the colon");
    if (words == std::vector<std::string>{"scenario"}) return begin(rest);
    if (scenarios_.empty()) return wrong("the first line must name a scenario");
    if (words.size() > 1) return add_operation(words, rest);
    return add_module(words[0], words_of(rest));
  }

  Result<void> begin(std::string_view name) {
    if (name.empty()) return wrong("a scenario without a name");
    if (!scenarios_.empty()) MODTOOL_CHECK(check_last());
    scenarios_.push_back({.name = std::string(name), .required = {}, .unreadable = {}, .operations = {}});
    return {};
  }

  Result<void> check_last() const {
    if (!scenarios_.back().operations.empty()) return {};
    return wrong(fmt::format("nothing is done in `{}`", scenarios_.back().name));
  }

  Result<void> add_operation(const std::vector<std::string>& words, std::string_view outcome) {
    if (std::ranges::find(verbs_, words[0]) == verbs_.end()) return wrong(fmt::format("no operation `{}`", words[0]));
    scenarios_.back().operations.push_back({.line = line_,
                                            .verb = words[0],
                                            .operands = {words.begin() + 1, words.end()},
                                            .outcome = join(words_of(outcome), " ")});
    return {};
  }

  Result<void> add_module(const std::string& name, std::vector<std::string> required) {
    auto& scenario = scenarios_.back();
    if (!is_module(name)) return wrong(fmt::format("`{}` is no module", name));
    const bool is_unreadable = required == std::vector<std::string>{"unreadable"};
    if (is_unreadable) required.clear();
    for (const auto& word : required) {
      if (!is_module(word)) return wrong(fmt::format("`{}` is no module", word));
    }
    if (!scenario.required.emplace(name, std::move(required)).second) {
      return wrong(fmt::format("a second line of `{}`", name));
    }
    if (is_unreadable) scenario.unreadable.push_back(name);
    return {};
  }

  const std::vector<std::string_view>& verbs_;
  std::vector<Scenario> scenarios_;
  int line_ = 0;
};

}  // namespace

std::vector<std::string> Scenario::modules() const {
  std::vector<std::string> names;
  for (const auto& [module, unused] : required) names.push_back(module);
  return names;
}

Result<std::vector<Scenario>> parse_scenarios(std::string_view text, const std::vector<std::string_view>& verbs) {
  return ScenarioReader(verbs).read(text);
}

void run_scenarios(std::string_view text, const std::map<std::string_view, Outcome>& operations) {
  std::vector<std::string_view> verbs;
  for (const auto& [verb, unused] : operations) verbs.push_back(verb);
  for (const auto& scenario : REQUIRE_OK(parse_scenarios(text, verbs))) {
    for (const auto& operation : scenario.operations) {
      INFO(scenario.name << ": line " << operation.line << ": " << operation.verb << " "
                         << join(operation.operands, " "));
      CHECK(operations.at(operation.verb)(scenario, operation.operands) == operation.outcome);
    }
  }
}

}  // namespace modtool::test
