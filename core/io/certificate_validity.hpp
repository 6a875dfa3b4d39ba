// From when to when certificates are valid (RFC 5280, section 4.1.2.5), read out of their bytes and not checked.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace modtool::io {

struct CertificateValidity {
  std::chrono::sys_seconds from;
  std::chrono::sys_seconds until;

  bool holds_at(std::chrono::sys_seconds time) const { return from <= time && time <= until; }
  bool operator==(const CertificateValidity&) const = default;
};

// Of one certificate (DER); nothing where it is malformed.
std::optional<CertificateValidity> parse_certificate_validity(std::string_view der);

// Of the "CERTIFICATE" blocks (RFC 7468) of a text, malformed ones left out.
std::vector<CertificateValidity> parse_certificate_validities(std::string_view text);

}  // namespace modtool::io
