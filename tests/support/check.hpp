// Assertions on results.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <type_traits>
#include <utility>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"

// Requires success and says the error otherwise: `const auto value = REQUIRE_OK(f());`
#define REQUIRE_OK(...) ::modtool::test::require_ok((__VA_ARGS__), #__VA_ARGS__, __FILE__, __LINE__)

// Checks that a result is an error with this code whose text, problems included, contains `part`.
#define CHECK_ERROR(expression, expected_code, part)                                                   \
  do {                                                                                                 \
    auto modtool_result = ::modtool::test::outcome_of(expression);                                     \
    CHECK_MESSAGE(!modtool_result.has_value(), "expected an error: " #expression);                     \
    if (!modtool_result) {                                                                             \
      CHECK(::modtool::to_string(modtool_result.error().code) == ::modtool::to_string(expected_code)); \
      const std::string modtool_text = ::modtool::test::whole_text(modtool_result.error());            \
      CHECK_MESSAGE(modtool_text.find(part) != std::string::npos, modtool_text);                       \
    }                                                                                                  \
  } while (false)

namespace modtool::test {

// The error and all its problems, a line each.
inline std::string whole_text(const Error& error) {
  std::string text = to_line(error);
  for (const auto& problem : error.problems) text += "\n" + whole_text(problem);
  return text;
}

template <class T>
Result<T> outcome_of(Result<T> result) {
  return result;
}
template <class T>
Result<T> outcome_of(io::Look<T> look) {
  return std::move(look).required();
}

template <class T>
T require_ok(Result<T> result, const char* expression, const char* file, int line) {
  if (!result)
    ADD_FAIL_AT(file, line, std::string(expression) << " failed: " << whole_text(result.error()));  // ends the test
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}
template <class T>
T require_ok(io::Look<T> look, const char* expression, const char* file, int line) {
  return require_ok(std::move(look).required(), expression, file, line);
}

// Whether something is there, links followed; and whether a name is, whatever it leads to.
inline bool is_there(const io::FileReader& files, const std::string& path) {
  return require_ok(files.stat(path).if_there(), "stat", __FILE__, __LINE__).has_value();
}
inline bool has_entry(const io::FileReader& files, const std::string& path) {
  return require_ok(files.lstat(path).if_there(), "lstat", __FILE__, __LINE__).has_value();
}

}  // namespace modtool::test
