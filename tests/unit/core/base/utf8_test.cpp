#include "core/base/utf8.hpp"

#include <doctest/doctest.h>

using namespace modtool;

TEST_CASE("a rune is decoded and comes back as the same bytes") {
  for (const std::uint32_t value :
       {0x0U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
    std::string text;
    append_rune(text, value);
    const Rune rune = decode_rune(text + "x");
    CHECK(rune.valid);
    CHECK(rune.value == value);
    CHECK(rune.size == text.size());
  }
}

TEST_CASE("overlong forms, surrogates and cut runes are not valid UTF-8") {
  for (const std::string_view text :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xE2\x82", "\xC3", "a\xFF"}) {
    CHECK_FALSE(is_valid_utf8(text));
  }
  CHECK_FALSE(decode_rune("\xE2\x82").valid);
  CHECK(decode_rune("\xE2\x82").size == 1);
  CHECK(is_valid_utf8(""));
  CHECK(is_valid_utf8("\u00E9\U0001F600"));
}
