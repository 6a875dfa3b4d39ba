#include "cli/flags.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "core/base/text.hpp"

namespace modtool::cli {
namespace {

// CLI11's words for a value that a flag does not take, in ours.
std::string describe_value_problem(const std::string& reason) {
  constexpr std::string_view kNoNumber = "Could not convert: ";
  if (reason.starts_with(kNoNumber)) return "not a number: " + reason.substr(kNoNumber.size());
  constexpr std::string_view kNoValue = " was given a disallowed flag override";
  if (reason.ends_with(kNoValue)) return "--" + reason.substr(0, reason.size() - kNoValue.size()) + " takes no value";
  const auto open = reason.find(" not in {");
  const auto colon = reason.find(": ");
  if (open == std::string::npos || colon == std::string::npos || !reason.ends_with('}')) return reason;
  const auto names = reason.substr(open + 9, reason.size() - open - 10);
  return reason + did_you_mean(reason.substr(colon + 2, open - colon - 2), split(names, ','));
}

FlagProblem describe(const CLI::ParseError& problem, const CLI::App& app) {
  if (problem.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return {.asks_for_help = true};
  const auto extras = app.remaining();
  return {.reason = describe_value_problem(problem.what()),
          .extra = extras.empty() ? std::nullopt : std::optional(extras.front())};
}

}  // namespace

Flag& Flag::group(const std::string& heading) {
  option_->group(heading);
  return *this;
}

Flag& Flag::value(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Flag& Flag::choices(const std::vector<std::string>& names) {
  option_->check(CLI::IsMember(names));
  return *this;
}

Flag& Flag::check(const std::function<std::string(const std::string&)>& problem) {
  option_->check(problem);
  return *this;
}

Flag& Flag::required() {
  option_->required();
  return *this;
}

Flag& Flag::one_value() {
  option_->expected(1);
  return *this;
}

Flag& Flag::one_value_each_time() {
  option_->allow_extra_args(false);
  return *this;
}

Flag& Flag::in_seconds() {
  const auto convert = [](std::string& text) {
    constexpr std::array<std::pair<char, double>, 3> kUnits = {{{'s', 1}, {'m', 60}, {'h', 3600}}};
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, number);
    if (failure != std::errc() || stop + 1 != end) return std::string();
    const auto unit = std::ranges::find(kUnits, *stop, &std::pair<char, double>::first);
    if (unit != kUnits.end()) text = std::to_string(number * unit->second);
    return std::string();
  };
  option_->transform(CLI::Validator(convert, ""));
  return *this;
}

Flag& Flag::not_empty() {
  option_->check(
      [](const std::string& value) { return value.empty() ? std::string("a value is missing") : std::string(); });
  return *this;
}

Flag& Flag::takes_no_value() {
  option_->disable_flag_override();
  return *this;
}

FlagSet::FlagSet(std::string summary, std::string program)
    : app_(std::make_unique<CLI::App>(std::move(summary), std::move(program))) {}

FlagSet::~FlagSet() = default;

void FlagSet::drop_help() { app_->set_help_flag(); }

Flag FlagSet::add_switch(const std::string& names, bool& is_on, const std::string& meaning) {
  return Flag(app_->add_flag(names, is_on, meaning));
}

Flag FlagSet::add_switch(const std::string& names, std::string& value, const std::string& meaning) {
  return Flag(app_->add_flag(names, value, meaning));
}

Flag FlagSet::add_idle_switch(const std::string& names, const std::string& meaning) {
  return Flag(app_->add_flag(names)->description(meaning));
}

Flag FlagSet::add_option(const std::string& names, std::string& value, const std::string& meaning) {
  return Flag(app_->add_option(names, value, meaning));
}

Flag FlagSet::add_option(const std::string& names, std::vector<std::string>& values, const std::string& meaning) {
  return Flag(app_->add_option(names, values, meaning));
}

Flag FlagSet::add_option(const std::string& names, std::size_t& value, const std::string& meaning) {
  return Flag(app_->add_option(names, value, meaning));
}

Flag FlagSet::add_option(const std::string& names, std::optional<unsigned>& value, const std::string& meaning) {
  return Flag(app_->add_option(names, value, meaning));
}

Flag FlagSet::add_option(const std::string& names, double& value, const std::string& meaning) {
  return Flag(app_->add_option(names, value, meaning));
}

Flag FlagSet::add_argument(const std::string& name, std::string& value, const std::string& meaning) {
  return add_option(name, value, meaning);
}

Flag FlagSet::add_argument(const std::string& name, std::vector<std::string>& values, const std::string& meaning) {
  return add_option(name, values, meaning);
}

std::vector<DeclaredFlag> FlagSet::declared() const {
  std::vector<DeclaredFlag> flags;
  for (const CLI::Option* option : std::as_const(*app_).get_options()) {
    flags.push_back({.long_names = option->get_lnames(),
                     .short_names = option->get_snames(),
                     .takes_value = option->get_expected_max() > 0});
  }
  return flags;
}

std::expected<void, FlagProblem> FlagSet::parse(std::vector<std::string> words) {
  std::ranges::reverse(words);  // CLI11 takes them from the back
  try {
    app_->parse(std::move(words));
    return {};
  } catch (const CLI::ParseError& problem) {
    return std::unexpected(describe(problem, *app_));
  }
}

std::vector<std::vector<std::string>> FlagSet::given() const {
  std::vector<std::vector<std::string>> flags;
  for (const CLI::Option* option : app_->get_options()) {
    const bool is_named = !option->get_lnames().empty() || !option->get_snames().empty();
    if (!is_named || option->count() == 0) continue;
    const std::string name =
        option->get_lnames().empty() ? "-" + option->get_snames().front() : "--" + option->get_lnames().front();
    if (option->get_items_expected_max() == 0) {
      const auto& value = option->results().front();
      flags.push_back({value == "true" ? name : fmt::format("{}={}", name, value)});
      continue;
    }
    for (const auto& value : option->results()) flags.push_back({name, value});
  }
  return flags;
}

std::vector<std::string> FlagSet::arguments() const {
  std::vector<std::string> words;
  for (const CLI::Option* option : app_->get_options()) {
    const bool is_argument = option->get_lnames().empty() && option->get_snames().empty();
    if (!is_argument || option->count() == 0) continue;
    words.insert(words.end(), option->results().begin(), option->results().end());
  }
  return words;
}

std::vector<TypedFlag> FlagSet::typed() const {
  std::vector<TypedFlag> flags;
  std::map<const CLI::Option*, std::size_t> taken;
  for (const CLI::Option* option : app_->parse_order()) {
    const bool is_named = !option->get_lnames().empty();
    if (!is_named || option->get_expected_max() == 0 || option->get_allow_extra_args()) continue;
    flags.push_back({.name = option->get_lnames().front(), .value = option->results().at(taken[option]++)});
  }
  return flags;
}

std::string FlagSet::help() const { return app_->help(); }

}  // namespace modtool::cli
