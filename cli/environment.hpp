// The environment of the process as a value, so that nothing but main reads the real one.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace modtool::cli {

class Environment {
 public:
  Environment() = default;
  // From "NAME=value" pairs, as main gets them.
  static Environment from(const char* const* pairs);

  void set(std::string name, std::string value) { values_.insert_or_assign(std::move(name), std::move(value)); }
  // The value, or empty where the variable is not set.
  std::string get(std::string_view name) const;
  bool has(std::string_view name) const { return values_.contains(name); }
  // All of it as "NAME=value", sorted: for programs that are run.
  std::vector<std::string> pairs() const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace modtool::cli
