// Assertions on results.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "core/base/result.hpp"

// Requires success and says the error otherwise: `const auto value = REQUIRE_OK(f());`
#define REQUIRE_OK(...)                                                                                              \
  [&] {                                                                                                              \
    auto modtool_result = (__VA_ARGS__);                                                                             \
    const std::string modtool_text = modtool_result ? "" : ::modtool::to_line(modtool_result.error());               \
    INFO(modtool_text);                                                                                              \
    REQUIRE(modtool_result.has_value());                                                                             \
    if constexpr (!std::is_void_v<typename decltype(modtool_result)::value_type>) return std::move(*modtool_result); \
  }()

// Checks that a result is an error with this code whose text, problems included, contains `part`.
#define CHECK_ERROR(expression, expected_code, part)                                                   \
  do {                                                                                                 \
    auto modtool_result = (expression);                                                                \
    CHECK_MESSAGE(!modtool_result.has_value(), "expected an error");                                   \
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

}  // namespace modtool::test
