#include "core/base/sha256.hpp"

#include <doctest/doctest.h>

#include <string>

namespace modtool {
namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

// FIPS 180-2, appendix B.
TEST_CASE("digests are those of the standard") {
  CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(sha256(std::string(1'000'000, 'a'))) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a hash takes its bytes in pieces and can be used again") {
  Sha256 hash;
  for (int round = 0; round < 2; ++round) {
    hash.update("a");
    hash.update("");
    hash.update("bc");
    CHECK(hash.finish() == sha256("abc"));
  }
  CHECK(hash.finish() == sha256(""));
}

// RFC 4648, section 10.
TEST_CASE("base64 goes both ways") {
  struct {
    std::string_view bytes;
    std::string_view text;
  } const rows[] = {{"", ""},
                    {"f", "Zg=="},
                    {"fo", "Zm8="},
                    {"foo", "Zm9v"},
                    {"foob", "Zm9vYg=="},
                    {"fooba", "Zm9vYmE="},
                    {"foobar", "Zm9vYmFy"},
                    {"\xfb\xff\xfe", "+//+"}};
  for (const auto& row : rows) {
    CHECK(to_base64(bytes_of(row.bytes)) == row.text);
    CHECK(from_base64(row.text) == row.bytes);
  }
}

TEST_CASE("only the canonical spelling of base64 is read") {
  for (const std::string_view text :
       {"Zg", "Zg=", "Zh==", "Zm9=", "Zg==\n", "Zg ==", " Zg==", "====", "=", "    ", "Zg==Zg==", "Z===", "Zm-v",
        "Zm_v", "Z\0==", "Zm9v\n\n\n\n", "\xC3\xA9==", "Zg=A"}) {
    CAPTURE(text);
    CHECK(!from_base64(text));
  }
}

TEST_CASE("HMAC-SHA-1 is that of RFC 2202") {
  const auto hex = [](const std::string& bytes) {
    return to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  };
  CHECK(hex(hmac_sha1(std::string(20, '\x0b'), "Hi There")) == "b617318655057264e28bc0b6fb378c8ef146be00");
  CHECK(hex(hmac_sha1("Jefe", "what do ya want for nothing?")) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

}  // namespace modtool
