#include "core/io/certificates.hpp"

#include <array>

#include "core/base/text.hpp"

namespace modtool::io {
namespace {

// Debian, Fedora, openSUSE, OpenELEC, CentOS and Alpine, in Go's order.
constexpr std::array kSystemFiles = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
};

// Private keys and the like are left behind.
std::string certificates_in(std::string_view text) {
  constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
  constexpr std::string_view kEnd = "-----END CERTIFICATE-----";
  std::string blocks;
  for (;;) {
    const auto begin = text.find(kBegin);
    const auto end = text.find(kEnd, begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) return blocks;
    blocks.append(text.substr(begin, end + kEnd.size() - begin)).append("\n");
    text.remove_prefix(end + kEnd.size());
  }
}

std::string certificates_of_file(const FileReader& files, const HttpAuthorities& authorities) {
  if (!authorities.file.empty()) return certificates_in(files.read(authorities.file).or_nothing().value_or(""));
  for (const char* const path : kSystemFiles) {
    if (const auto text = files.read(path).or_nothing()) return certificates_in(*text);
  }
  return {};
}

std::string system_file(const FileReader& files) {
  for (const char* const path : kSystemFiles) {
    if (files.stat(path).or_nothing()) return path;
  }
  return {};
}

// "/etc/ssl/ca.pem (SSL_CERT_FILE)"
std::string shown_file(const FileReader& files, const HttpAuthorities& authorities) {
  if (!authorities.file.empty()) return authorities.file + " (SSL_CERT_FILE)";
  const std::string path = system_file(files);
  return path.empty() ? "no file, as this system has none where it is looked for" : path + " (this system's)";
}

}  // namespace

std::string read_certificates(const FileReader& files, const HttpAuthorities& authorities) {
  std::string blocks = certificates_of_file(files, authorities);
  for (const auto directory : split(authorities.directories, ':')) {
    const auto entries = files.list(std::string(directory)).or_nothing();
    for (const auto& entry : entries.value_or(std::vector<DirectoryEntry>())) {
      blocks += certificates_in(files.read(join_path(directory, entry.name)).or_nothing().value_or(""));
    }
  }
  return blocks;
}

std::string certificate_file(const FileReader& files, const HttpAuthorities& authorities) {
  return authorities.file.empty() ? system_file(files) : authorities.file;
}

std::string describe_authorities(const FileReader& files, const HttpAuthorities& authorities) {
  const std::string directories =
      authorities.directories.empty() ? "" : " and " + authorities.directories + " (SSL_CERT_DIR)";
  return "the authorities that are trusted here are those of " + shown_file(files, authorities) + directories +
         "; SSL_CERT_FILE names another file, SSL_CERT_DIR directories";
}

}  // namespace modtool::io
