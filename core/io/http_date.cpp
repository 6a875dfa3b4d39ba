#include "core/io/http_date.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/io/digits.hpp"

namespace modtool::io {
namespace {

// "08:49:37"
std::optional<std::chrono::seconds> parse_clock(std::string_view text) {
  const auto parts = split(text, ':');
  if (parts.size() != 3) return std::nullopt;
  const auto hours = parse_digits(parts[0]);
  const auto minutes = parse_digits(parts[1]);
  const auto seconds = parse_digits(parts[2]);
  if (!hours || !minutes || !seconds) return std::nullopt;
  return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) + std::chrono::seconds(*seconds);
}

}  // namespace

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::size_t kFields = 6;
  const auto fields = split_fields(text);
  if (fields.size() != kFields || fields[5] != "GMT") return std::nullopt;
  const auto day = parse_digits(fields[1]);
  const auto month = std::ranges::find(kMonths, fields[2]) - kMonths.begin() + 1;
  const auto year = parse_digits(fields[3]);
  const auto clock = parse_clock(fields[4]);
  if (!day || !year || !clock) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + *clock;
}

}  // namespace modtool::io
