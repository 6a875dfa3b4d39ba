#include "core/base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "core/base/ascii.hpp"
#include "core/base/printable.hpp"
#include "core/base/utf8.hpp"

namespace modtool {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

std::string escape(std::uint32_t rune) {
  const auto hex = [rune](int digits) {
    std::string text;
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) text += kHex[rune >> shift & 15];
    return text;
  };
  if (rune < 0x80) return "\\x" + hex(2);
  return rune < 0x10000 ? "\\u" + hex(4) : "\\U" + hex(8);
}

std::string escape_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::string("\\x") + kHex[byte >> 4] + kHex[byte & 15];
}

std::string escape_named(char c) {
  constexpr std::string_view kRaw = "\a\b\f\n\r\t\v\\\"";
  constexpr std::string_view kNames = "abfnrtv\\\"";
  const auto at = kRaw.find(c);
  return at == std::string_view::npos ? std::string() : std::string("\\") + kNames[at];
}

// How many bytes must be inserted, removed, replaced or swapped with their neighbours to make `b` of `a` (the optimal
// string alignment distance).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, above);
    std::swap(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row.back();
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto at = text.find('\n');
    auto line = text.substr(0, at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (at == std::string_view::npos) break;
    text.remove_prefix(at + 1);
  }
  return lines;
}

std::vector<std::string_view> split_fields(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  std::vector<std::string_view> fields;
  for (;;) {
    const auto start = text.find_first_not_of(kBlank);
    if (start == std::string_view::npos) return fields;
    text.remove_prefix(start);
    const auto end = text.find_first_of(kBlank);
    fields.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return fields;
    text.remove_prefix(end);
  }
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto start = text.find_first_not_of(kBlank);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(kBlank) - start + 1);
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = to_lower(c);
  return lower;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const auto& part : parts) {
    if (&part != parts.data()) text += separator;
    text += part;
  }
  return text;
}

std::string quote(std::string_view text) {
  const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; };
  std::string quoted = "\"";
  while (true) {
    const auto plain = static_cast<std::size_t>(std::ranges::find_if_not(text, is_plain) - text.begin());
    quoted += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) return quoted + "\"";
    const Rune rune = decode_rune(text);
    const std::string named = escape_named(text[0]);
    if (!rune.valid) {
      quoted += escape_byte(text[0]);
    } else if (!named.empty()) {
      quoted += named;
    } else if (is_printable(rune.value)) {
      quoted += text.substr(0, rune.size);
    } else {
      quoted += escape(rune.value);
    }
    text.remove_prefix(rune.size);
  }
}

namespace {

// With what cannot be printed escaped, unless it is one of the bytes to keep.
std::string show(std::string_view text, std::string_view keep) {
  std::string shown;
  while (!text.empty()) {
    const Rune rune = decode_rune(text);
    if (!rune.valid) {
      shown += escape_byte(text[0]);
    } else if (is_printable(rune.value) || keep.contains(text[0])) {
      shown += text.substr(0, rune.size);
    } else {
      shown += escape(rune.value);
    }
    text.remove_prefix(rune.size);
  }
  return shown;
}

}  // namespace

std::string shell_word(std::string_view text) {
  static constexpr std::string_view kPlain = "/-._~@+=:,%";
  const auto is_plain = [](char c) { return is_ascii_alphanumeric(c) || kPlain.contains(c); };
  if (!text.empty() && text.front() != '~' && std::ranges::all_of(text, is_plain)) return std::string(text);
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string make_printable(std::string_view text) { return show(text, "\n\t"); }
std::string make_printable_line(std::string_view text) { return show(text, ""); }

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const auto candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    const bool has_nothing_in_common = distance >= std::max(word.size(), candidate.size());
    if (distance >= best_distance || has_nothing_in_common) continue;
    best_distance = distance;
    best = candidate;
  }
  return best;
}

std::string nearest_name(std::string_view word, const std::vector<std::string>& names) {
  const std::string tail = "/" + std::string(word);
  for (const auto& name : names) {
    if (name.ends_with(tail)) return name;
  }
  return std::string(nearest(word, {names.begin(), names.end()}));
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const auto near = nearest(word, candidates);
  return near.empty() ? "" : "; did you mean `" + std::string(near) + "`?";
}

bool has_path_prefix(std::string_view path, std::string_view prefix) {
  return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

}  // namespace modtool
