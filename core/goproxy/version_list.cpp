#include "core/goproxy/version_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "core/base/text.hpp"
#include "core/module/semver.hpp"
#include "core/source/version_info.hpp"

namespace modtool::goproxy {
namespace {

using Nanoseconds = std::chrono::sys_time<std::chrono::nanoseconds>;

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// The moment that an RFC 3339 time in Go's shortest form stands for.
Nanoseconds parse_moment(std::string_view time) {
  using namespace std::chrono;
  const sys_days day = year(number(time.substr(0, 4))) / month(static_cast<unsigned>(number(time.substr(5, 2)))) /
                       std::chrono::day(static_cast<unsigned>(number(time.substr(8, 2))));
  Nanoseconds moment = day + hours(number(time.substr(11, 2))) + minutes(number(time.substr(14, 2))) +
                       seconds(number(time.substr(17, 2)));
  std::string_view rest = time.substr(19);
  if (rest.starts_with('.')) {
    const auto end = rest.find_first_not_of("0123456789", 1);
    moment += nanoseconds(number((std::string(rest.substr(1, end - 1)) + "000000000").substr(0, 9)));
    rest.remove_prefix(end);
  }
  if (rest == "Z") return moment;
  const auto offset = hours(number(rest.substr(1, 2))) + minutes(number(rest.substr(4, 2)));
  return rest[0] == '-' ? moment + offset : moment - offset;
}

// "20200102030405" → "2020-01-02T03:04:05Z"
std::string time_of_pseudo_version(std::string_view version) {
  const auto t = module::pseudo_version_time(version);
  if (t.size() != std::string_view("20060102150405").size()) return "";
  return fmt::format("{}-{}-{}T{}:{}:{}Z", t.substr(0, 4), t.substr(4, 2), t.substr(6, 2), t.substr(8, 2),
                     t.substr(10, 2), t.substr(12, 2));
}

std::optional<Nanoseconds> moment_of_line(const std::vector<std::string_view>& fields) {
  const std::string time =
      source::canonical_time(fields.size() > 1 ? std::string(fields[1]) : time_of_pseudo_version(fields[0]));
  if (time.empty()) return std::nullopt;
  return parse_moment(time);
}

}  // namespace

void sort_versions(std::vector<std::string>& versions) {
  std::ranges::sort(versions, [](const std::string& a, const std::string& b) {
    const int order = module::compare_versions(a, b);
    return order != 0 ? order < 0 : a < b;
  });
}

std::vector<std::string> parse_version_list(std::string_view text) {
  std::vector<std::string> versions;
  for (const auto line : split(text, '\n')) {
    const auto fields = split_fields(trim(line));
    if (fields.empty() || !module::is_valid_version(fields[0]) || module::is_pseudo_version(fields[0])) continue;
    versions.emplace_back(fields[0]);
  }
  sort_versions(versions);
  return versions;
}

std::string newest_listed_version(std::string_view text) {
  std::string best;
  std::optional<Nanoseconds> best_moment;
  for (const auto line : split(text, '\n')) {
    const auto fields = split_fields(trim(line));
    if (fields.empty() || !module::is_valid_version(fields[0])) continue;
    const auto moment = moment_of_line(fields);
    if (!moment || (best_moment && *moment <= *best_moment)) continue;
    best = fields[0];
    best_moment = moment;
  }
  return best;
}

}  // namespace modtool::goproxy
