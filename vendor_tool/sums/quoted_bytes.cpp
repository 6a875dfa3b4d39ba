#include "vendor_tool/sums/quoted_bytes.hpp"

#include <cstdint>

#include "core/base/utf8.hpp"

namespace modtool::vendor_tool {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";
constexpr char kWholeLine = '.';
constexpr char kUnendedLine = ':';

bool stands_for_itself(const Rune& rune) {
  if (!rune.valid || rune.value == '\\') return false;
  return rune.value == '\t' || (rune.value >= 0x20 && rune.value != 0x7F);
}

void append_escape(std::string& text, char byte) {
  if (byte == '\\') {
    text += "\\\\";
    return;
  }
  const auto value = static_cast<std::uint8_t>(byte);
  text += "\\x";
  text += kHex[value >> 4];
  text += kHex[value & 15];
}

// The byte that an escape at the front of the text stands for, and how long the escape is.
struct Escape {
  char byte = 0;
  std::size_t size = 0;
};

std::optional<Escape> parse_escape(std::string_view text) {
  if (text.starts_with("\\\\")) return Escape{.byte = '\\', .size = 2};
  if (!text.starts_with("\\x") || text.size() < 4) return std::nullopt;
  const auto high = kHex.find(text[2]);
  const auto low = kHex.find(text[3]);
  if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
  return Escape{.byte = static_cast<char>(high << 4 | low), .size = 4};
}

}  // namespace

std::string escape_bytes(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const Rune rune = decode_rune(bytes);
    if (stands_for_itself(rune)) {
      text += bytes.substr(0, rune.size);
    } else {
      append_escape(text, bytes[0]);
    }
    bytes.remove_prefix(rune.valid ? rune.size : 1);
  }
  return text;
}

std::optional<std::string> unescape_bytes(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (auto at = text.find('\\'); at != std::string_view::npos; at = text.find('\\')) {
    const auto escape = parse_escape(text.substr(at));
    if (!escape) return std::nullopt;
    bytes += text.substr(0, at);
    bytes += escape->byte;
    text.remove_prefix(at + escape->size);
  }
  return bytes += text;
}

void append_quoted_lines(std::string& text, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    const bool whole = end != std::string_view::npos;
    text += whole ? kWholeLine : kUnendedLine;
    text += escape_bytes(bytes.substr(0, end));
    text += '\n';
    bytes.remove_prefix(whole ? end + 1 : bytes.size());
  }
}

bool is_quoted_line(std::string_view line) { return line.starts_with(kWholeLine) || line.starts_with(kUnendedLine); }

bool append_unquoted(std::string& bytes, std::string_view line) {
  const auto raw = unescape_bytes(line.substr(1));
  if (!raw) return false;
  bytes += *raw;
  if (line[0] == kWholeLine) bytes += '\n';
  return true;
}

}  // namespace modtool::vendor_tool
