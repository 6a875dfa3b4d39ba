#include "core/io/http_login.hpp"

#include <span>

#include "core/base/sha256.hpp"
#include "core/base/text.hpp"
#include "core/io/url.hpp"

namespace modtool::io {
namespace {

// "%2e" is a dot to servers.
bool has_dot_segment(std::string_view path) {
  for (const auto segment : split(path, '/')) {
    const auto plain = unescape_url(segment);
    if (!plain || *plain == "." || *plain == ".." || plain->contains('/') || plain->contains('\\')) return true;
  }
  return false;
}

}  // namespace

HttpHeader basic_login(const HttpLogin& login) {
  const std::string text = login.user + ":" + login.password;
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  return {.name = "Authorization", .value = "Basic " + to_base64(bytes)};
}

bool is_below(std::string_view url, std::string_view prefix) {
  const auto slashes = url.find("://");
  if (slashes == std::string_view::npos) return false;
  std::string_view rest = url.substr(slashes + 3);
  rest = rest.substr(0, rest.find_first_of("?#"));
  if (!rest.starts_with(prefix)) return false;
  const std::string_view below = rest.substr(prefix.size());
  return (below.empty() || below.starts_with('/')) && !has_dot_segment(below);
}

}  // namespace modtool::io
