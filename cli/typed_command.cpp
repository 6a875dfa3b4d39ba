#include "cli/typed_command.hpp"

#include <algorithm>

namespace modtool::cli {
namespace {

std::string name_of(const std::string& word) { return word.substr(0, word.find('=')); }

bool has_flag(const std::vector<std::string>& words, const std::string& flag) {
  return std::ranges::any_of(words, [&](const std::string& word) { return name_of(word) == name_of(flag); });
}

}  // namespace

Fix TypedCommand::complete(Fix fix) const {
  for (auto& command : fix.commands) {
    if (command.again && command.verb == verb) keep_what_was_typed(command);
  }
  return fix.inside(directory);
}

Error TypedCommand::complete(Error error) const {
  error.fix = complete(std::move(error.fix));
  for (auto* others : {&error.problems, &error.attempts}) {
    for (auto& other : *others) other = complete(std::move(other));
  }
  return error;
}

void TypedCommand::keep_what_was_typed(FixCommand& command) const {
  auto& words = command.words;
  const auto corrected = std::ranges::find(arguments, *command.again);
  if (corrected != arguments.end()) {
    words.insert(words.begin(), arguments.begin(), corrected);
    words.insert(words.end(), corrected + 1, arguments.end());
  }
  for (const auto& flag : flags) {
    if (!has_flag(words, flag.front())) words.insert(words.end(), flag.begin(), flag.end());
  }
}

}  // namespace modtool::cli
