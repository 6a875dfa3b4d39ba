#include "core/source/version_info.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "core/base/json_writer.hpp"
#include "core/module/semver.hpp"

namespace modtool::source {
namespace {

constexpr std::string_view kZeroTime = "0001-01-01T00:00:00Z";

// The members of `Origin` that Go knows, in its order.
constexpr std::array<std::string_view, 8> kOriginMembers = {"VCS",       "URL",    "Subdir", "Hash",
                                                            "TagPrefix", "TagSum", "Ref",    "RepoSum"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether a text has the shape of a pattern in which '0' stands for a digit.
bool has_shape(std::string_view text, std::string_view pattern) {
  return std::ranges::equal(text, pattern, [](char c, char p) { return p == '0' ? is_digit(c) : c == p; });
}

int number_at(std::string_view text, std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); }

int days_in(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return kDays[static_cast<std::size_t>(month) - 1] + (month == 2 && is_leap ? 1 : 0);
}

// "2006-01-02T15:04:05"
bool is_date_and_time(std::string_view text) {
  if (!has_shape(text, "0000-00-00T00:00:00")) return false;
  const int year = number_at(text, 0) * 100 + number_at(text, 2);
  const int month = number_at(text, 5);
  const int day = number_at(text, 8);
  if (month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return false;
  return number_at(text, 11) < 24 && number_at(text, 14) < 60 && number_at(text, 17) < 60;
}

bool is_offset(std::string_view text) {
  if (!text.starts_with('+') && !text.starts_with('-')) return false;
  return has_shape(text.substr(1), "00:00") && number_at(text, 1) < 24 && number_at(text, 4) < 60;
}

// The text of a member; empty where it is absent or null, as Go's decoder has it.
Result<std::string> text_member(const json::Value& object, std::string_view name) {
  const json::Value* const found = json::find_last(object, name);
  if (found == nullptr || found->is_null()) return std::string();
  if (found->is_string()) return found->text;
  return fail(Code::kBadReply, fmt::format("`{}` is not a string", name));
}

// As text, with the characters escaped that Go escapes on account of HTML.
std::string format_as_go(const json::Value& value) {
  std::string text;
  for (const char c : json::format_line(value)) {
    if (c == '<' || c == '>' || c == '&') {
      text += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      text += c;
    }
  }
  return text;
}

Result<std::string> parse_origin(const json::Value& object) {
  const json::Value* const found = json::find_last(object, "Origin");
  if (found == nullptr || found->is_null()) return std::string();
  if (!found->is_object()) return fail(Code::kBadReply, "`Origin` is not an object");
  json::Value origin = json::object();
  for (const auto name : kOriginMembers) {
    MODTOOL_TRY(const std::string text, text_member(*found, name));
    add_if_any(origin, name, text);
  }
  return format_as_go(origin);
}

Result<VersionInfo> from_json(const json::Value& object) {
  if (!object.is_object()) return fail(Code::kBadReply, "not a JSON object");
  VersionInfo info;
  MODTOOL_TRY(info.version, text_member(object, "Version"));
  MODTOOL_TRY(const std::string time, text_member(object, "Time"));
  info.time = canonical_time(time);
  if (info.time.empty() && !time.empty()) {
    return fail(Code::kBadReply, fmt::format("`Time` is not an RFC 3339 time: `{}`", time));
  }
  MODTOOL_TRY(info.origin, parse_origin(object));
  return info;
}

// What may change for a revision cannot matter once the revision has a version.
std::string settled_origin(const VersionInfo& info) {
  auto origin = json::parse_strict(info.origin, "");
  if (!origin || !origin->is_object()) return "{}";
  const bool is_pseudo = module::is_pseudo_version(info.version);
  std::erase_if(origin->members, [&](const json::Member& member) {
    return member.key == "TagPrefix" || member.key == "TagSum" || member.key == "RepoSum" ||
           (is_pseudo && member.key == "Ref");
  });
  return format_as_go(*origin);
}

}  // namespace

std::string canonical_time(std::string_view time) {
  constexpr std::size_t kSeconds = std::string_view("2006-01-02T15:04:05").size();
  if (time.size() <= kSeconds || !is_date_and_time(time.substr(0, kSeconds))) return "";
  std::string_view rest = time.substr(kSeconds);
  std::string_view fraction;
  if (rest.starts_with('.')) {
    const auto end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    if (end == 1) return "";
    fraction = rest.substr(0, std::min<std::size_t>(end, 10));  // nanoseconds are the finest
    rest.remove_prefix(end);
    fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
    if (fraction == ".") fraction = "";
  }
  if (rest != "Z" && !is_offset(rest)) return "";
  const bool is_utc = rest == "Z" || rest.substr(1) == "00:00";
  return fmt::format("{}{}{}", time.substr(0, kSeconds), fraction, is_utc ? "Z" : rest);
}

Result<VersionInfo> parse_version_info(std::string_view text) {
  const auto value = json::parse_strict(text, "");
  if (!value) return fail(Code::kBadReply, "malformed JSON");
  return from_json(*value);
}

std::string format_version_info(const VersionInfo& info) {
  const std::string_view time = info.time.empty() ? kZeroTime : info.time;
  std::string text = format_as_go(json::object({{"Version", info.version}, {"Time", time}}));
  if (info.origin.empty()) return text;
  text.pop_back();
  return text + R"(,"Origin":)" + settled_origin(info) + "}";
}

std::optional<std::int64_t> seconds_of(std::string_view text) {
  using namespace std::chrono;
  const std::string time = canonical_time(text);
  if (time.empty() || time == kZeroTime) return std::nullopt;
  const year_month_day date{year(number_at(time, 0) * 100 + number_at(time, 2)),
                            month(static_cast<unsigned>(number_at(time, 5))),
                            day(static_cast<unsigned>(number_at(time, 8)))};
  seconds at = sys_days(date).time_since_epoch() + hours(number_at(time, 11)) + minutes(number_at(time, 14)) +
               seconds(number_at(time, 17));
  if (time.back() == 'Z') return at.count();
  const std::size_t offset = time.size() - std::string_view("+00:00").size();
  const minutes ahead = hours(number_at(time, offset + 1)) + minutes(number_at(time, offset + 4));
  return (time[offset] == '+' ? at - ahead : at + ahead).count();
}

std::int64_t day_of(std::string_view time) {
  using namespace std::chrono;
  const auto at = seconds_of(time);
  return at ? floor<days>(seconds(*at)).count() : 0;
}

}  // namespace modtool::source
