#include "core/base/fix.hpp"

#include <algorithm>
#include <utility>

#include "core/base/fix_words.hpp"
#include "core/base/json.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"

namespace modtool {
namespace {

constexpr std::string_view kDialectFlag = "--dialect";
constexpr std::string_view kHome = "~/";
constexpr std::string_view kAgain = "again ";

using Words = std::vector<std::string>;

bool names_dialect(const std::string& word) {
  return word == kDialectFlag || word.starts_with(std::string(kDialectFlag) + "=");
}

// The drop-in face is about one dialect, and has no such flag.
bool takes_dialect(const FixCommand& command) {
  const bool is_go_face = command.verb == "mod" || command.verb.starts_with("mod ");
  return !command.verb.empty() && !is_go_face && std::ranges::none_of(command.words, names_dialect);
}

// The name of a variable is no part of what may be quoted.
std::string setting_text(const std::string& setting) {
  const auto value = setting.find('=') + 1;
  return value == setting.size() ? setting : setting.substr(0, value) + shell_word(setting.substr(value));
}

std::string file_text(std::string_view file) {
  return file.starts_with(kHome) ? std::string(kHome) + shell_word(file.substr(kHome.size())) : shell_word(file);
}

// What begins as a flag does is no name of a directory for `cd` and -C.
std::string place_text(const std::string& directory) {
  return directory.starts_with('-') ? "./" + directory : directory;
}

// What is run, without its environment.
Words plain_words(const FixCommand& command, const std::string& dialect, const std::string& directory) {
  Words words;
  if (!command.verb.empty()) words.emplace_back("modtool");
  if (!command.verb.empty() && !directory.empty()) words.insert(words.end(), {"-C", place_text(directory)});
  for (const auto part : split_fields(command.verb)) words.emplace_back(part);
  if (!dialect.empty() && takes_dialect(command)) words.push_back(std::string(kDialectFlag) + "=" + dialect);
  words.insert(words.end(), command.words.begin(), command.words.end());
  return words;
}

std::string to_text(const FixCommand& command, const std::string& dialect, const std::string& directory) {
  Words words;
  for (const auto& setting : command.environment) words.push_back(setting_text(setting));
  for (const auto& word : plain_words(command, dialect, directory)) words.push_back(shell_word(word));
  if (!command.output.empty()) words.push_back(">> " + file_text(command.output));
  return join(words, " ");
}

std::string json_list(const Words& words) {
  Words literals;
  for (const auto& word : words) literals.push_back(json::string_literal(word));
  return "[" + join(literals, ",") + "]";
}

std::string to_json(const FixCommand& command) {
  return "[" + json_list(command.environment) + "," + json::string_literal(command.verb) + "," +
         json_list(command.words) + "," + json::string_literal(command.output) + "," +
         json::string_literal(command.again ? std::string(kAgain) + *command.again : "") + "]";
}

std::optional<std::string> read_again(const std::string& text) {
  if (!text.starts_with(kAgain)) return std::nullopt;
  return text.substr(kAgain.size());
}

Words words_of(const json::Value& list) {
  Words words;
  for (const auto& word : list.elements) words.push_back(word.text);
  return words;
}

}  // namespace

Fix Fix::modtool(std::string verb, std::vector<std::string> arguments) {
  return {.commands = {{.verb = std::move(verb), .words = std::move(arguments)}}};
}

Fix Fix::command(std::vector<std::string> words) { return {.commands = {{.words = std::move(words)}}}; }

Fix Fix::again(std::string verb, std::vector<std::string> arguments, std::string in_place_of) {
  return {.commands = {{.verb = std::move(verb), .words = std::move(arguments), .again = std::move(in_place_of)}}};
}

Fix Fix::with(std::string argument) const {
  Fix fix = *this;
  fix.commands.back().words.push_back(std::move(argument));
  return fix;
}

Fix Fix::under(std::string setting) const {
  Fix fix = *this;
  fix.commands.back().environment.push_back(std::move(setting));
  return fix;
}

Fix Fix::appending_to(std::string file) const {
  Fix fix = *this;
  fix.commands.back().output = std::move(file);
  return fix;
}

Fix Fix::then(const Fix& other) const {
  Fix fix = naming(other.dialect);
  fix.commands.insert(fix.commands.end(), other.commands.begin(), other.commands.end());
  return fix;
}

Fix Fix::naming(const std::string& name) const {
  Fix fix = *this;
  if (fix.dialect.empty()) fix.dialect = name;
  return fix;
}

Fix Fix::inside(const std::string& place) const {
  Fix fix = *this;
  if (fix.directory.empty()) fix.directory = place;
  return fix;
}

// modtool goes there itself; for other programs a shell of its own does.
std::string to_command(const Fix& fix) {
  const bool is_modtool =
      std::ranges::none_of(fix.commands, [](const FixCommand& command) { return command.verb.empty(); });
  Words commands;
  for (const auto& command : fix.commands) {
    commands.push_back(to_text(command, fix.dialect, is_modtool ? fix.directory : ""));
  }
  std::string line = join(commands, " && ");
  if (is_modtool || fix.directory.empty()) return line;
  return "(cd " + shell_word(place_text(fix.directory)) + " && " + line + ")";
}

Words to_words(const Fix& fix) {
  if (fix.empty()) return {};
  const FixCommand& only = fix.commands.front();
  const bool is_elsewhere = only.verb.empty() && !fix.directory.empty();
  if (fix.commands.size() > 1 || !only.output.empty() || is_elsewhere) return {"sh", "-c", to_command(fix)};
  Words words;
  if (!only.environment.empty()) words.emplace_back("env");
  words.insert(words.end(), only.environment.begin(), only.environment.end());
  const Words plain = plain_words(only, fix.dialect, fix.directory);
  words.insert(words.end(), plain.begin(), plain.end());
  return words;
}

// ["dialect",[[environment],"verb",[words],"output","again …"],…], all of it strings.
std::string format_fix(const Fix& fix) {
  Words parts = {json::string_literal(fix.dialect)};
  for (const auto& command : fix.commands) parts.push_back(to_json(command));
  return "[" + join(parts, ",") + "]";
}

// What is not as it must be is read as something else, and so written differently.
std::optional<Fix> parse_fix(std::string_view line) {
  const auto list = json::parse(line, "fix");
  if (!list || list->elements.empty()) return std::nullopt;
  Fix fix{.dialect = list->elements.front().text};
  for (auto at = list->elements.begin() + 1; at != list->elements.end(); ++at) {
    const auto& parts = at->elements;
    if (parts.size() != 5) return std::nullopt;
    fix.commands.push_back({.environment = words_of(parts[0]),
                            .verb = parts[1].text,
                            .words = words_of(parts[2]),
                            .output = parts[3].text,
                            .again = read_again(parts[4].text)});
  }
  if (format_fix(fix) != line) return std::nullopt;
  return fix;
}

}  // namespace modtool
