#include "core/goproxy/proxy_url.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"
#include "core/io/file_system.hpp"
#include "core/io/url.hpp"

namespace modtool::goproxy {
namespace {

// The scheme in front of the first colon (RFC 3986 section 3.1); empty where there is none.
std::string_view scheme_of(std::string_view url) {
  const auto colon = url.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_ascii_letter(url[0])) return {};
  const std::string_view scheme = url.substr(0, colon);
  const bool is_scheme =
      std::ranges::all_of(scheme, [](char c) { return is_ascii_alphanumeric(c) || c == '+' || c == '-' || c == '.'; });
  return is_scheme ? scheme : std::string_view();
}

// The directory of a "file:" URL, which may hold nothing else.
Result<std::string> directory_of_file_url(std::string_view url, std::string_view shown) {
  std::string_view rest = url.substr(url.find(':') + 1);
  const bool has_authority = rest.starts_with("//");
  if (has_authority) rest.remove_prefix(2);
  if (!rest.starts_with('/') || rest.find_first_of("?#") != std::string_view::npos) {
    return fail(Code::kBadSetting, fmt::format("invalid file:// proxy URL with non-path elements: {}", shown));
  }
  return io::unescape_url(rest);
}

std::string without_trailing_slashes(std::string text) {
  while (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return text;
}

}  // namespace

Result<ProxyUrl> parse_proxy_url(std::string_view url) {
  const std::string_view given = scheme_of(url);
  const std::string scheme = to_lower(given);
  const std::string base = without_trailing_slashes(scheme + std::string(url.substr(given.size())));
  ProxyUrl parsed{.scheme = scheme, .base = base, .shown = io::mask_password(base)};
  if (parsed.scheme.empty()) return fail(Code::kBadSetting, "invalid proxy URL missing scheme: " + parsed.shown);
  if (parsed.scheme == "file") {
    MODTOOL_TRY(const std::string path, directory_of_file_url(url, parsed.shown));
    parsed.path = io::clean_path(path);
    parsed.shown = "file://" + escape_url_path(parsed.path);
  } else if (parsed.scheme != "http" && parsed.scheme != "https") {
    return fail(Code::kBadSetting, "invalid proxy URL scheme (must be https, http, file): " + parsed.shown);
  }
  return parsed;
}

std::string escape_url_path(std::string_view path) {
  constexpr std::string_view kPlain = "-_.~/$&+=:@";
  std::string escaped;
  for (const char c : path) {
    if (is_ascii_alphanumeric(c) || kPlain.find(c) != std::string_view::npos) {
      escaped += c;
    } else {
      escaped += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return escaped;
}

}  // namespace modtool::goproxy
