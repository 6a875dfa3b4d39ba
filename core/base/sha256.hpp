// SHA-256, and base64 as checksum lines use it. The only door to OpenSSL.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace modtool {

using Sha256Digest = std::array<std::uint8_t, 32>;

// An incremental hash that can be used again after `finish`. One thread at a time.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::string_view bytes);
  // The digest of all bytes since construction or the last finish; starts afresh.
  Sha256Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Sha256Digest sha256(std::string_view bytes);

// HMAC-SHA-1 (RFC 2104), with which OpenSSH hides the names of hosts in known_hosts; good for nothing else.
std::string hmac_sha1(std::string_view key, std::string_view text);

std::string to_hex(std::span<const std::uint8_t> bytes);

// Standard base64 with padding (RFC 4648 section 4). Decoding refuses anything not canonical.
std::string to_base64(std::span<const std::uint8_t> bytes);
std::optional<std::string> from_base64(std::string_view text);

}  // namespace modtool
