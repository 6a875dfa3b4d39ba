// The flags of a command, as commands declare them and as they were typed. Behind it is CLI11, which only flags.cpp
// includes: its headers cost more to compile than a command does.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace modtool::cli {

// What is said about a flag besides its names. A handle: the flag belongs to its FlagSet.
class Flag {
 public:
  explicit Flag(CLI::Option* option) : option_(option) {}

  Flag& group(const std::string& heading);  // its heading in the help; "Options" where none is said
  Flag& value(const std::string& name);     // what the help writes for its value; "" is nothing
  Flag& choices(const std::vector<std::string>& names);
  // `problem` gives what is wrong with a value; empty: nothing is.
  Flag& check(const std::function<std::string(const std::string& value)>& problem);
  Flag& required();
  Flag& one_value();            // of a list of arguments: exactly one
  Flag& one_value_each_time();  // of a list: it takes a single word each time that it is typed
  Flag& in_seconds();           // of a time: "90", "90s", "5m" and "1h" are seconds
  // An empty value is none.
  Flag& not_empty();
  Flag& takes_no_value();  // of a switch: `--name=false` is refused

 private:
  CLI::Option* option_;
};

// A flag as it was declared. Arguments, which have a place in the place of a name, have neither kind of name.
struct DeclaredFlag {
  std::vector<std::string> long_names;   // without dashes
  std::vector<std::string> short_names;  // without the dash
  bool takes_value = false;
};

// A flag with a value that was typed.
struct TypedFlag {
  std::string name;  // the first of its long names, without dashes
  std::string value;
};

// Why the words were refused.
struct FlagProblem {
  bool asks_for_help = false;        // that is no problem, but ends the reading
  std::string reason;                // in words for people
  std::optional<std::string> extra;  // the first word that nothing takes
};

// Names are written as they are typed, all of them in one text: "-o,--output"; those of arguments without dashes. The
// variables are set by `parse` and outlive it.
class FlagSet {
 public:
  // `program` and what it does open the help.
  explicit FlagSet(std::string summary = {}, std::string program = {});
  ~FlagSet();
  FlagSet(const FlagSet&) = delete;
  FlagSet& operator=(const FlagSet&) = delete;

  // Without `-h,--help`, which every set has at first.
  void drop_help();

  // A switch; one with a text takes a value only behind `=`, and has "true" without it.
  Flag add_switch(const std::string& names, bool& is_on, const std::string& meaning = {});
  Flag add_switch(const std::string& names, std::string& value, const std::string& meaning = {});
  // A switch that is accepted and changes nothing.
  Flag add_idle_switch(const std::string& names, const std::string& meaning = {});

  Flag add_option(const std::string& names, std::string& value, const std::string& meaning = {});
  Flag add_option(const std::string& names, std::vector<std::string>& values, const std::string& meaning = {});
  Flag add_option(const std::string& names, std::size_t& value, const std::string& meaning = {});
  Flag add_option(const std::string& names, std::optional<unsigned>& value, const std::string& meaning = {});
  Flag add_option(const std::string& names, double& value, const std::string& meaning = {});

  // A word, or all words, that stand behind no flag, in the order of declaration. `name` is for the help.
  Flag add_argument(const std::string& name, std::string& value, const std::string& meaning);
  Flag add_argument(const std::string& name, std::vector<std::string>& values, const std::string& meaning);

  std::vector<DeclaredFlag> declared() const;

  std::expected<void, FlagProblem> parse(std::vector<std::string> words);

  // After parsing: all flags that were typed, each as words of a command line: {"--group", "test"}, {"--dry-run"}.
  std::vector<std::vector<std::string>> given() const;
  // After parsing: the words that stand behind no flag, in the order of declaration.
  std::vector<std::string> arguments() const;
  // After parsing: the flags that take one value each time, in the order in which they were typed.
  std::vector<TypedFlag> typed() const;

  std::string help() const;

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace modtool::cli
