#include "cli/single_dash.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace modtool::cli {
namespace {

// The long name of the flag that is called so, long or short; empty where there is none.
std::string long_name(const CLI::App& app, const std::string& name) {
  for (const CLI::Option* option : app.get_options()) {
    const auto& names = option->get_lnames();
    const bool is_short = std::ranges::find(option->get_snames(), name) != option->get_snames().end();
    if (std::ranges::find(names, name) != names.end()) return name;
    if (is_short && !names.empty()) return names.front();
  }
  return {};
}

}  // namespace

void take_single_dashes(const CLI::App& app, std::vector<std::string>& arguments) {
  for (auto& word : arguments) {
    if (word == "--") return;
    if (!word.starts_with('-') || word.starts_with("--")) continue;
    const auto equals = word.find('=');
    const std::string name = word.substr(1, equals == word.npos ? equals : equals - 1);
    if (name.size() < 2 && equals == word.npos) continue;  // `-u` is a short flag
    const std::string known = long_name(app, name);
    if (!known.empty()) word = "--" + known + (equals == word.npos ? "" : word.substr(equals));
  }
}

}  // namespace modtool::cli
