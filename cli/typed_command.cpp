#include "cli/typed_command.hpp"

#include <algorithm>
#include <string_view>

#include "cli/command.hpp"
#include "cli/flags.hpp"

namespace modtool::cli {
namespace {

std::string name_of(const std::string& word) { return word.substr(0, word.find('=')); }

bool has_flag(const std::vector<std::string>& words, const std::string& flag) {
  return std::ranges::any_of(words, [&](const std::string& word) { return name_of(word) == name_of(flag); });
}

constexpr std::string_view kManifestFlag = "--modfile";
constexpr std::string_view kOffline = "--offline";
constexpr std::string_view kLocked = "--locked";
constexpr std::string_view kFrozen = "--frozen";  // both

// Whether a command of modtool has a flag.
bool takes(std::string_view verb, std::string_view flag) {
  const auto command = std::ranges::find(all_commands(), verb, &Command::name);
  if (command == all_commands().end()) return false;
  FlagSet set;
  (*command)->configure(set);
  const auto is_it = [&](const DeclaredFlag& declared) {
    return std::ranges::find(declared.long_names, flag.substr(2)) != declared.long_names.end();
  };
  return std::ranges::any_of(set.declared(), is_it);
}

// Where a command of go takes its flags: behind its name.
std::size_t flags_of_go(const std::vector<std::string>& words) {
  const auto is = [&](std::size_t at, auto... names) { return at < words.size() && ((words[at] == names) || ...); };
  if (!is(0, "go")) return 0;
  if (is(1, "get", "list")) return 2;
  return is(1, "mod") && is(2, "download", "tidy") ? 3 : 0;
}

// The same command is about the same manifest.
void keep_manifest(FixCommand& command, const std::string& manifest) {
  auto& words = command.words;
  if (command.verb.empty()) {
    if (const auto at = flags_of_go(words); at > 0)
      words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), "-modfile=" + manifest);
  } else if (takes(command.verb, kManifestFlag) && !has_flag(words, std::string(kManifestFlag))) {
    words.insert(words.end(), {std::string(kManifestFlag), manifest});
  }
}

}  // namespace

Fix TypedCommand::complete(Fix fix) const {
  const auto manifest = std::ranges::find(flags, kManifestFlag, [](const auto& flag) { return flag.front(); });
  for (auto& command : fix.commands) {
    if (command.again && command.verb.empty()) command.verb = verb;
    const bool is_again = command.again && command.verb == verb;
    if (is_again) keep_what_was_typed(command);
    if (manifest != flags.end()) keep_manifest(command, manifest->back());
    if (!is_again || passed_on.empty()) continue;
    command.words.emplace_back("--");
    command.words.insert(command.words.end(), passed_on.begin(), passed_on.end());
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
  words.insert(words.begin(), arguments.begin(), corrected);
  if (corrected != arguments.end()) words.insert(words.end(), corrected + 1, arguments.end());
  for (const auto& flag : flags) {
    const std::string& name = flag.front();
    if (name == *command.again || has_flag(words, name)) continue;
    if (name == kFrozen && (*command.again == kOffline || *command.again == kLocked)) {
      words.emplace_back(*command.again == kOffline ? kLocked : kOffline);
    } else if (flag.size() == 2 && flag.back().starts_with('-')) {
      words.push_back(name + "=" + flag.back());
    } else {
      words.insert(words.end(), flag.begin(), flag.end());
    }
  }
}

}  // namespace modtool::cli
