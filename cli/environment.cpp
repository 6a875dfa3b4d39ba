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

std::vector<std::string> Environment::pairs() const {
  std::vector<std::string> pairs;
  for (const auto& [name, value] : values_) pairs.push_back(name + "=" + value);
  return pairs;
}

std::string Environment::get(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string() : found->second;
}

}  // namespace modtool::cli
