#include "core/source/server_response.hpp"

#include <algorithm>
#include <array>

#include "core/base/printable.hpp"
#include "core/base/text.hpp"
#include "core/base/utf8.hpp"

namespace modtool::source {
namespace {

constexpr std::size_t kMostLines = 8;
constexpr std::size_t kMostBytes = kMostLines * 81;

// "text/plain", with no charset or one that is part of UTF-8.
bool is_plain_text(std::string_view content_type) {
  const std::string lower = to_lower(content_type);
  const auto parts = split(lower, ';');
  if (trim(parts[0]) != "text/plain") return false;
  return std::all_of(parts.begin() + 1, parts.end(), [](std::string_view part) {
    constexpr std::array<std::string_view, 2> kCharsets = {"utf-8", "us-ascii"};
    const std::string_view parameter = trim(part);
    if (!parameter.starts_with("charset=")) return true;
    std::string_view charset = parameter.substr(std::string_view("charset=").size());
    if (charset.size() > 1 && charset.starts_with('"')) charset = charset.substr(1, charset.size() - 2);
    return std::ranges::find(kCharsets, charset) != kCharsets.end();
  });
}

bool is_space(std::uint32_t rune) { return (rune >= '\t' && rune <= '\r') || rune == 0x85 || rune == 0xA0; }

bool is_harmless(std::string_view text) {
  while (!text.empty()) {
    const Rune rune = decode_rune(text);
    if (!rune.valid || (!is_printable(rune.value) && !is_space(rune.value))) return false;
    text.remove_prefix(rune.size);
  }
  return true;
}

// The lines that may be looked at: one more than are shown.
std::string_view first_lines(std::string_view body) {
  std::size_t end = 0;
  for (std::size_t line = 0; line <= kMostLines && end < body.size(); ++line) {
    end = std::min(body.find('\n', end), body.size() - 1) + 1;
  }
  return body.substr(0, end);
}

std::string shorten(std::string_view text) {
  std::string detail;
  std::size_t count = 0;
  for (const auto line : split(text, '\n')) {
    if (trim(line).empty()) break;
    if (count > 0) detail += "\n\t";
    if (count >= kMostLines) return detail + "[Truncated: too many lines.]";
    if (detail.size() + line.size() > kMostBytes) return detail + "[Truncated: too long.]";
    detail += line;
    ++count;
  }
  return detail;
}

}  // namespace

Code code_of_status(int status) {
  if (status == 404 || status == 410) return Code::kNotFound;
  if (status == 429 || status >= 500) return Code::kServerError;
  return Code::kForbidden;
}

std::string format_server_response(std::string_view body, std::string_view content_type) {
  const std::string_view text = first_lines(body);
  if (!is_plain_text(content_type) || !is_harmless(text)) return "";
  const std::string detail = shorten(text);
  if (detail.empty()) return "";
  return "\n\tserver response:" + std::string(detail.find('\n') == std::string::npos ? " " : "\n\t") + detail;
}

}  // namespace modtool::source
