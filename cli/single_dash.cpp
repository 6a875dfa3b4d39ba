#include "cli/single_dash.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace modtool::cli {
namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

// The long name of the flag that is called so, long or short; empty where there is none.
std::string long_name(const FlagSet& set, const std::string& name) {
  for (const auto& [names, short_names, takes_value] : set.declared()) {
    if (has(names, name)) return name;
    if (has(short_names, name) && !names.empty()) return names.front();
  }
  return {};
}

}  // namespace

void take_single_dashes(const FlagSet& set, std::vector<std::string>& arguments) {
  for (auto& word : arguments) {
    if (word == "--") return;
    if (!word.starts_with('-') || word.starts_with("--")) continue;
    const auto equals = word.find('=');
    const std::string name = word.substr(1, equals == word.npos ? equals : equals - 1);
    if (name.size() < 2 && equals == word.npos) continue;  // `-u` is a short flag
    const std::string known = long_name(set, name);
    if (!known.empty()) word = fmt::format("--{}{}", known, equals == word.npos ? "" : word.substr(equals));
  }
}

}  // namespace modtool::cli
