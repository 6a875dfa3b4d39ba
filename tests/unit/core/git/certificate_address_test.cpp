#include "core/git/certificate_address.hpp"

#include <string>

#include "tests/support/check.hpp"

using modtool::git::names_address;

namespace {

// An element of DER.
std::string element(unsigned char tag, const std::string& content) {
  std::string text(1, static_cast<char>(tag));
  if (content.size() < 0x80) return text + static_cast<char>(content.size()) + content;
  return text + '\x82' + static_cast<char>(content.size() >> 8) + static_cast<char>(content.size()) + content;
}

std::string extension(const std::string& id, const std::string& names, bool is_critical = false) {
  const std::string critical = is_critical ? element(0x01, "\xff") : "";
  return element(0x30, element(0x06, id) + critical + element(0x04, element(0x30, names)));
}

const std::string kSubjectAltName = "\x55\x1d\x11";

// What a certificate looks like to who looks for its extensions.
std::string certificate(const std::string& extensions, const std::string& padding = "") {
  const std::string version = element(0xa0, element(0x02, "\x02"));
  const std::string rest = element(0x02, "\x01") + element(0x30, padding) + element(0x30, "");
  const std::string signed_part = element(0x30, version + rest + element(0xa3, element(0x30, extensions)));
  return element(0x30, signed_part + element(0x30, "") + element(0x03, "signature"));
}

const std::string kLocal = element(0x87, {"\x7f\0\0\1", 4});

}  // namespace

TEST_CASE("a certificate names the addresses among its alternative names, and no others") {
  const std::string own = certificate(extension(kSubjectAltName, element(0x82, "localhost") + kLocal, true));
  CHECK(names_address(own, "127.0.0.1"));
  CHECK_FALSE(names_address(own, "127.0.0.2"));
  CHECK_FALSE(names_address(own, "localhost"));
  CHECK_FALSE(names_address(own, "::1"));
  CHECK_FALSE(names_address(own, ""));
  const std::string six = element(0x87, std::string(15, '\0') + '\1');
  CHECK(names_address(certificate(extension(kSubjectAltName, six)), "::1"));
  CHECK(names_address(certificate(extension(kSubjectAltName, kLocal), std::string(300, 'x')), "127.0.0.1"));
}

TEST_CASE("what only looks like such a name is none") {
  CHECK_FALSE(names_address(certificate(extension("\x55\x1d\x12", kLocal)), "127.0.0.1"));  // issuerAltName
  CHECK_FALSE(names_address(certificate(extension(kSubjectAltName, element(0x82, {"\x7f\0\0\1", 4}))), "127.0.0.1"));
  CHECK_FALSE(names_address(certificate(extension(kSubjectAltName, element(0x87, "\x7f"))), "127.0.0.1"));
  CHECK_FALSE(names_address(certificate(kLocal), "127.0.0.1"));
  CHECK_FALSE(names_address("", "127.0.0.1"));
}

TEST_CASE("a certificate that was cut off or changed is looked at without harm") {
  const std::string whole = certificate(extension(kSubjectAltName, kLocal));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    names_address(whole.substr(0, size), "127.0.0.1");
    std::string changed = whole;
    for (const char byte : {'\0', '\x7f', '\x80', '\x84', '\xff'}) {
      changed[size] = byte;
      names_address(changed, "127.0.0.1");
    }
  }
  CHECK(names_address(whole, "127.0.0.1"));
}
