#include "core/base/ascii.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>

namespace modtool {

TEST_CASE("each class holds its own bytes of all there are") {
  std::string digits, lower, upper, letters, alphanumeric, hexadecimal;
  for (int byte = std::numeric_limits<char>::min(); byte <= std::numeric_limits<char>::max(); ++byte) {
    const char c = static_cast<char>(byte);
    if (is_digit(c)) digits += c;
    if (is_lower(c)) lower += c;
    if (is_upper(c)) upper += c;
    if (is_ascii_letter(c)) letters += c;
    if (is_ascii_alphanumeric(c)) alphanumeric += c;
    if (hex_value(c) >= 0) hexadecimal += c;
    CHECK((to_lower(c) != c) == is_upper(c));
  }
  CHECK(digits == "0123456789");
  CHECK(lower == "abcdefghijklmnopqrstuvwxyz");
  CHECK(upper == "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  CHECK(letters == upper + lower);
  CHECK(alphanumeric == digits + upper + lower);
  CHECK(hexadecimal == digits + "ABCDEFabcdef");
}

TEST_CASE("a hexadecimal digit has the same value in either case") {
  CHECK(hex_value('7') == 7);
  CHECK(hex_value('f') == 15);
  CHECK(hex_value('A') == 10);
  CHECK(to_lower('Q') == 'q');
}

}  // namespace modtool
