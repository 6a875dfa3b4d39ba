#include "core/git/certificate_address.hpp"

#include <arpa/inet.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace modtool::git {
namespace {

// Tags of DER (ITU-T X.690) that stand on the way.
constexpr unsigned char kOctetString = 0x04;
constexpr unsigned char kObjectId = 0x06;
constexpr unsigned char kSequence = 0x30;
constexpr unsigned char kIpAddress = 0x87;   // [7], of a GeneralName
constexpr unsigned char kExtensions = 0xa3;  // [3], of a TBSCertificate
constexpr std::string_view kSubjectAltName = "\x55\x1d\x11";

struct Element {
  unsigned char tag = 0;
  std::string_view content;
};

// Takes the elements off the front of some bytes.
class Elements {
 public:
  explicit Elements(std::string_view bytes) : rest_(bytes) {}

  // Nothing at the end, and behind anything that is no element.
  std::optional<Element> next() {
    constexpr unsigned char kLong = 0x80;  // the length follows, in as many bytes as the rest of the bits say
    if (rest_.size() < 2) return std::nullopt;
    Element element{.tag = static_cast<unsigned char>(rest_[0])};
    std::size_t length = static_cast<unsigned char>(rest_[1]);
    rest_.remove_prefix(2);
    if (length >= kLong) {
      const std::size_t count = length - kLong;
      if (count == 0 || count > 3 || count > rest_.size()) return std::nullopt;
      length = 0;
      for (const char byte : rest_.substr(0, count)) length = length << 8 | static_cast<unsigned char>(byte);
      rest_.remove_prefix(count);
    }
    if (length > rest_.size()) return std::nullopt;
    element.content = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return element;
  }

  // The content of the next one with the tag; nothing where there is none.
  std::string_view find(unsigned char tag) {
    while (const auto element = next()) {
      if (element->tag == tag) return element->content;
    }
    return {};
  }

 private:
  std::string_view rest_;
};

// The bytes of an address as certificates have them; empty for what is none.
std::string bytes_of(std::string_view address) {
  const std::string text(address);
  std::array<char, sizeof(in6_addr)> bytes{};
  if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return {bytes.data(), sizeof(in_addr)};
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return {bytes.data(), sizeof(in6_addr)};
  return {};
}

}  // namespace

bool names_address(std::string_view der, std::string_view address) {
  const std::string wanted = bytes_of(address);
  if (wanted.empty()) return false;
  const auto certificate = Elements(der).find(kSequence);
  const auto signed_part = Elements(certificate).find(kSequence);
  Elements extensions(Elements(Elements(signed_part).find(kExtensions)).find(kSequence));
  while (const auto extension = extensions.next()) {
    Elements parts(extension->content);
    if (parts.find(kObjectId) != kSubjectAltName) continue;
    Elements names(Elements(parts.find(kOctetString)).find(kSequence));
    while (const auto name = names.next()) {
      if (name->tag == kIpAddress && name->content == wanted) return true;
    }
  }
  return false;
}

}  // namespace modtool::git
