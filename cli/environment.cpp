#include "cli/environment.hpp"

namespace modtool::cli {

Environment Environment::from(const char* const* pairs) {
  Environment environment;
  for (; pairs != nullptr && *pairs != nullptr; ++pairs) {
    const std::string_view pair = *pairs;
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos) {
      environment.set(std::string(pair.substr(0, equals)), std::string(pair.substr(equals + 1)));
    }
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

std::vector<std::string> Environment::pairs() const {
  std::vector<std::string> pairs;
  for (const auto& [name, value] : values_) pairs.push_back(name + "=" + value);
  return pairs;
}

}  // namespace modtool::cli
