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
  static Environment from(const std::vector<std::string>& pairs);

  void set(std::string name, std::string value) { values_.insert_or_assign(std::move(name), std::move(value)); }
  // The value, or empty where the variable is not set.
  std::string get(std::string_view name) const;
  bool has(std::string_view name) const { return values_.contains(name); }
  // The first of these that has a value, or empty.
  std::string first_of(std::initializer_list<std::string_view> names) const;
  // A directory that a variable names; a relative one counts as none
  // (https://specifications.freedesktop.org/basedir-spec/latest/).
  std::string directory(std::string_view name) const;
  // The same, or else one in the home; empty where there is no home either.
  std::string user_directory(std::string_view name, std::string_view in_home) const;
  // As a child process takes it: "NAME=value", sorted.
  std::vector<std::string> pairs() const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace modtool::cli
