// The environment of the process as a value, so that nothing but main reads the real one.
#pragma once

#include <initializer_list>
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
  // The first of these that has a value, or empty.
  std::string first_of(std::initializer_list<std::string_view> names) const;
  // As a child process takes it: "NAME=value", sorted.
  std::vector<std::string> pairs() const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace modtool::cli
