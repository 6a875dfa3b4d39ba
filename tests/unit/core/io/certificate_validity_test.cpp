#include "core/io/certificate_validity.hpp"

#include <string>

#include "core/base/sha256.hpp"
#include "core/io/certificates.hpp"
#include "core/io/file_system.hpp"
#include "tests/support/check.hpp"

namespace modtool::io {
namespace {

using namespace std::chrono_literals;

// Made by OpenSSL: of the year 2000, and of 2020 to 2119, which takes four digits for its last year.
constexpr const char* kOld = R"(
-----BEGIN CERTIFICATE-----
MIIBAzCBqgIBATAKBggqhkjOPQQDAjAOMQwwCgYDVQQDDANvbGQwHhcNMDAwMTAx
MDAwMDAwWhcNMDEwMTAxMDAwMDAwWjAOMQwwCgYDVQQDDANvbGQwWTATBgcqhkjO
PQIBBggqhkjOPQMBBwNCAARrXRqQMlWdQNY44n6kCqpfWi5lcZoqdvJAWSzEqZxe
B9OeZb9WAKKo3/EsSyUc8TFP1+5vwk6Lgc2mm7hp5xDNMAoGCCqGSM49BAMCA0gA
MEUCIBHjd0Pkhif39SAE2+YZ5DfZbhIMvqFKIcPPzXkbRlZEAiEAsfv0Fvf+A6dM
Yw6StiK+yXMZH5ZhQ3NQvwN1EYbDoV8=
-----END CERTIFICATE-----
)";
constexpr const char* kNew = R"(
-----BEGIN CERTIFICATE-----
MIIBBTCBrAIBAjAKBggqhkjOPQQDAjAOMQwwCgYDVQQDDANuZXcwIBcNMjAwMTAx
MDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMA4xDDAKBgNVBAMMA25ldzBZMBMGByqG
SM49AgEGCCqGSM49AwEHA0IABMdCcocADtY1o20kBWioOVs+d6TRo1HrHQUVjjRy
AO/KL4vMwjFYow4bt76l5MD9dYis3vDOIy8FqaezuiDRN28wCgYIKoZIzj0EAwID
SAAwRQIhANvBnZJMrr5xAQL15cX9qpl33zhDB7lHWlK3YOAC6T5eAiA3XbBByc/S
FH0lFcSPQdfXJPq9taHlve3/vAMqzHL3Hg==
-----END CERTIFICATE-----
)";

const CertificateValidity kOldValidity{.from = std::chrono::sys_days(2000y / 1 / 1),
                                       .until = std::chrono::sys_days(2001y / 1 / 1)};
const CertificateValidity kNewValidity{.from = std::chrono::sys_days(2020y / 1 / 1),
                                       .until = std::chrono::sys_days(2120y / 1 / 1)};

std::string der_of(const std::string& block) {
  const auto begin = block.find('\n', block.find("-----BEGIN"));
  std::string body = block.substr(begin, block.find("-----END") - begin);
  std::erase(body, '\n');
  return from_base64(body).value();
}

}  // namespace

TEST_CASE("certificates are valid from one time until another") {
  const auto found = parse_certificate_validities(std::string("a comment") + kOld + kNew);
  CHECK(found == std::vector{kOldValidity, kNewValidity});
  CHECK(kOldValidity.holds_at(std::chrono::sys_days(2000y / 7 / 1)));
  CHECK(kOldValidity.holds_at(kOldValidity.until));
  CHECK(!kOldValidity.holds_at(kOldValidity.until + 1s));
  CHECK(!kOldValidity.holds_at(kOldValidity.from - 1s));
}

TEST_CASE("what is cut or no certificate has no validity") {
  const std::string der = der_of(kNew);
  REQUIRE(parse_certificate_validity(der) == kNewValidity);
  for (std::size_t size = 0; size < der.size(); ++size) {
    CAPTURE(size);
    CHECK(!parse_certificate_validity(std::string_view(der).substr(0, size)));
  }
  const std::string end = "\n-----END CERTIFICATE-----\n";
  CHECK(parse_certificate_validities("-----BEGIN CERTIFICATE-----\nAAAA" + end).empty());
  CHECK(parse_certificate_validities("-----BEGIN CERTIFICATE-----\n?" + end).empty());
  CHECK(parse_certificate_validities("-----BEGIN CERTIFICATE-----\nAAAA").empty());
  CHECK(parse_certificate_validities(std::string("-----BEGIN CERTIFICATE-----\n?") + end + kOld) ==
        std::vector{kOldValidity});
}

TEST_CASE("no byte that chance changed leads out of a certificate") {
  const std::string der = der_of(kOld);
  for (std::size_t at = 0; at < der.size(); ++at) {
    for (const unsigned byte : {0x00U, 0x7fU, 0x80U, 0x84U, 0xffU}) {
      std::string changed = der;
      changed[at] = static_cast<char>(byte);
      static_cast<void>(parse_certificate_validity(changed));
    }
  }
}

TEST_CASE("the certificates of this system are understood") {
  const std::string text = read_certificates(disk(), {});
  std::size_t blocks = 0;
  for (auto at = text.find("-----BEGIN"); at != std::string::npos; at = text.find("-----BEGIN", at + 1)) ++blocks;
  CHECK(parse_certificate_validities(text).size() == blocks);
}

}  // namespace modtool::io
