#include "core/git/ssh_known_hosts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/base/sha256.hpp"
#include "core/base/text.hpp"

namespace modtool::git {
namespace {

constexpr int kSshPort = 22;
constexpr std::string_view kHashed = "|1|";

// `*` and `?`, where a star takes any characters, dots included.
bool matches(std::string_view pattern, std::string_view name) {
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  std::size_t p = 0;
  for (std::size_t n = 0; n < name.size();) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  return std::ranges::all_of(pattern.substr(p), [](char c) { return c == '*'; });
}

// "|1|<salt>|<hash>"
bool matches_hashed(std::string_view field, std::string_view name) {
  const auto parts = split(field.substr(kHashed.size()), '|');
  if (parts.size() != 2) return false;
  const auto salt = from_base64(parts[0]);
  const auto hash = from_base64(parts[1]);
  return salt && hash && hmac_sha1(*salt, name) == *hash;
}

bool names_server(std::string_view field, std::string_view name) {
  if (field.starts_with(kHashed)) return matches_hashed(field, name);
  bool found = false;
  for (const auto pattern : split(field, ',')) {
    const bool negated = pattern.starts_with('!');
    if (!matches(to_lower(pattern.substr(negated ? 1 : 0)), name)) continue;
    if (negated) return false;
    found = true;
  }
  return found;
}

}  // namespace

std::string known_host_name(std::string_view host, int port) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return port == kSshPort ? to_lower(host) : fmt::format("[{}]:{}", to_lower(host), port);
}

void add_known_keys(std::string_view text, const std::string& file, std::string_view host, int port, KnownKeys& known) {
  const std::string name = known_host_name(host, port);
  int number = 0;
  for (const auto line : split_lines(text)) {
    ++number;
    auto fields = split_fields(line);
    if (fields.empty() || fields[0].starts_with('#')) continue;
    const std::string_view marker = fields[0].starts_with('@') ? fields[0] : "";
    if (!marker.empty()) fields.erase(fields.begin());
    if (fields.size() < 3 || !names_server(fields[0], name)) continue;
    const auto key = from_base64(fields[2]);
    if (!key || (!marker.empty() && marker != "@revoked")) continue;
    (marker.empty() ? known.trusted : known.revoked).push_back({std::string(fields[1]), *key});
    if (!known.where.known()) known.where = {.file = file, .line = number};
  }
}

}  // namespace modtool::git
