#include "cli/environment.hpp"

#include <fmt/format.h>

#include "core/io/file_system.hpp"

namespace modtool::cli {

Environment Environment::from(const char* const* pairs) {
  std::vector<std::string> list;
  for (; pairs != nullptr && *pairs != nullptr; ++pairs) list.emplace_back(*pairs);
  return from(list);
}

Environment Environment::from(const std::vector<std::string>& pairs) {
  Environment environment;
  for (const auto& pair : pairs) {
    const auto equals = pair.find('=');
    if (equals != std::string::npos) environment.set(pair.substr(0, equals), pair.substr(equals + 1));
  }
  return environment;
}

std::string Environment::get(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string() : found->second;
}

std::string Environment::first_of(std::initializer_list<std::string_view> names) const {
  for (const auto name : names) {
    if (auto value = get(name); !value.empty()) return value;
  }
  return {};
}

std::string Environment::directory(std::string_view name) const {
  std::string named = get(name);
  return io::is_absolute(named) ? named : std::string();
}

std::string Environment::user_directory(std::string_view name, std::string_view in_home) const {
  if (auto configured = directory(name); !configured.empty()) return configured;
  const auto home = directory("HOME");
  return home.empty() ? home : io::join_path(home, in_home);
}

std::vector<std::string> Environment::pairs() const {
  std::vector<std::string> pairs;
  pairs.reserve(values_.size());
  for (const auto& [name, value] : values_) pairs.push_back(fmt::format("{}={}", name, value));
  return pairs;
}

}  // namespace modtool::cli
