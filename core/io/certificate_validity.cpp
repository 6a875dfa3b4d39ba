#include "core/io/certificate_validity.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/sha256.hpp"
#include "core/base/text.hpp"
#include "core/io/digits.hpp"

namespace modtool::io {
namespace {

// Tags of DER (X.690) that stand in a certificate.
constexpr std::uint8_t kInteger = 0x02;
constexpr std::uint8_t kUtcTime = 0x17;
constexpr std::uint8_t kGeneralizedTime = 0x18;
constexpr std::uint8_t kSequence = 0x30;
constexpr std::uint8_t kVersion = 0xa0;

// The elements of a sequence, one after the other.
class DerReader {
 public:
  explicit DerReader(std::string_view bytes) : rest_(bytes) {}

  bool next_is(std::uint8_t tag) const { return !rest_.empty() && static_cast<std::uint8_t>(rest_[0]) == tag; }

  // The contents of the next element, which has that tag.
  std::optional<std::string_view> take(std::uint8_t tag) {
    if (!next_is(tag) || rest_.size() < 2) return std::nullopt;
    auto size = std::size_t{static_cast<std::uint8_t>(rest_[1])};
    rest_.remove_prefix(2);
    if (size >= kLong && !take_long_size(size)) return std::nullopt;
    if (size > rest_.size()) return std::nullopt;
    const auto contents = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return contents;
  }

 private:
  static constexpr std::size_t kLong = 0x80;  // the size itself stands behind, in so many bytes more

  bool take_long_size(std::size_t& size) {
    const std::size_t bytes = size - kLong;
    if (bytes == 0 || bytes > sizeof(std::uint32_t) || bytes > rest_.size()) return false;
    size = 0;
    for (const char byte : rest_.substr(0, bytes)) size = (size << 8U) | static_cast<std::uint8_t>(byte);
    rest_.remove_prefix(bytes);
    return true;
  }

  std::string_view rest_;
};

// "YYMMDDHHMMSSZ" of 1950 to 2049, or "YYYYMMDDHHMMSSZ".
std::optional<std::chrono::sys_seconds> parse_time(std::string_view text, bool is_long) {
  constexpr std::size_t kYearDigits = 4;
  constexpr std::size_t kRest = 10;  // MMDDHHMMSS
  const std::string year_digits = is_long ? "" : text < "50" ? "20" : "19";
  const std::string whole = year_digits + std::string(text);
  if (whole.size() != kYearDigits + kRest + 1 || !whole.ends_with('Z')) return std::nullopt;
  const auto year = parse_digits(whole.substr(0, kYearDigits));
  std::vector<int> parts;
  for (std::size_t at = kYearDigits; at < kYearDigits + kRest; at += 2) {
    const auto part = parse_digits(std::string_view(whole).substr(at, 2));
    if (!part) return std::nullopt;
    parts.push_back(*part);
  }
  if (!year) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(parts[0])),
                                        std::chrono::day(static_cast<unsigned>(parts[1]))};
  if (!day.ok()) return std::nullopt;
  return std::chrono::sys_days(day) + std::chrono::hours(parts[2]) + std::chrono::minutes(parts[3]) +
         std::chrono::seconds(parts[4]);
}

std::optional<std::chrono::sys_seconds> take_time(DerReader& reader) {
  const bool is_long = reader.next_is(kGeneralizedTime);
  const auto text = reader.take(is_long ? kGeneralizedTime : kUtcTime);
  return text ? parse_time(*text, is_long) : std::nullopt;
}

}  // namespace

// Certificate ::= SEQUENCE { tbsCertificate, … }
// TBSCertificate ::= SEQUENCE { version [0], serialNumber, signature, issuer, validity SEQUENCE { Time, Time }, … }
std::optional<CertificateValidity> parse_certificate_validity(std::string_view der) {
  const auto certificate = DerReader(der).take(kSequence);
  const auto signed_part = certificate ? DerReader(*certificate).take(kSequence) : std::nullopt;
  if (!signed_part) return std::nullopt;
  DerReader fields(*signed_part);
  if (fields.next_is(kVersion)) static_cast<void>(fields.take(kVersion));
  if (!fields.take(kInteger) || !fields.take(kSequence) || !fields.take(kSequence)) return std::nullopt;
  const auto validity = fields.take(kSequence);
  if (!validity) return std::nullopt;
  DerReader times(*validity);
  const auto from = take_time(times);
  const auto until = take_time(times);
  if (!from || !until) return std::nullopt;
  return CertificateValidity{.from = *from, .until = *until};
}

std::vector<CertificateValidity> parse_certificate_validities(std::string_view text) {
  constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
  constexpr std::string_view kEnd = "-----END CERTIFICATE-----";
  std::vector<CertificateValidity> found;
  for (;;) {
    const auto begin = text.find(kBegin);
    const auto end = text.find(kEnd, begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) return found;
    std::string body;
    for (const auto line : split_fields(text.substr(begin + kBegin.size(), end - begin - kBegin.size()))) body += line;
    const auto der = from_base64(body);
    const auto validity = der ? parse_certificate_validity(*der) : std::nullopt;
    if (validity) found.push_back(*validity);
    text.remove_prefix(end + kEnd.size());
  }
}

}  // namespace modtool::io
