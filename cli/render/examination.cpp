#include "cli/render/examination.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/first_few.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"

namespace modtool::cli {
namespace {

using Examinations = std::vector<engine::Examination>;

std::string_view mark_of(Grade grade) {
  switch (grade) {
    case Grade::kFine:
      return "[✓]";
    case Grade::kWarning:
      return "[!]";
    case Grade::kProblem:
      break;
  }
  return "[✗]";
}

std::string_view name_of(Grade grade) {
  switch (grade) {
    case Grade::kFine:
      return "fine";
    case Grade::kWarning:
      return "warning";
    case Grade::kProblem:
      break;
  }
  return "problem";
}

std::string line_below(const std::string& text) { return "        " + make_printable_line(text) + "\n"; }

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string describe(const Observation& seen, bool all) {
  const std::string code = seen.code ? to_string(*seen.code) + " " : "";
  const std::string place = seen.where.known() ? to_string(seen.where) + ": " : "";
  const std::string about = seen.modules.empty() ? "" : counted(seen.modules.size(), "module") + ": ";
  std::string text =
      fmt::format("  {} {}{}\n", mark_of(seen.grade), code, make_printable_line(about + place + seen.message));
  if (!seen.modules.empty()) text += line_below(all ? join(seen.modules, ", ") : first_few(seen.modules));
  for (const auto& detail : seen.details) text += line_below(detail);
  if (!seen.fix.empty()) text += line_below("fix: " + to_command(seen.fix));
  return text;
}

json::Value as_json(const Observation& seen) {
  json::Value record = json::object({{"grade", name_of(seen.grade)}, {"message", seen.message}});
  if (seen.code) add(record, "code", to_string(*seen.code));
  if (seen.where.known()) add(record, "where", to_string(seen.where));
  add_if_any(record, "server", seen.server);
  if (!seen.modules.empty()) add(record, "modules", seen.modules);
  if (!seen.details.empty()) add(record, "details", seen.details);
  add_if_any(record, "fix", to_command(seen.fix));
  return record;
}

std::size_t count(const Examinations& examinations, Grade grade) {
  std::size_t sum = 0;
  for (const auto& each : examinations) {
    sum += static_cast<std::size_t>(std::ranges::count(each.seen, grade, &Observation::grade));
  }
  return sum;
}

}  // namespace

std::string render_examinations(const Examinations& examinations, bool all) {
  std::string text;
  for (const auto& [check, seen] : examinations) {
    if (seen.empty()) continue;
    text += fmt::format("{}\n", check);
    for (const auto& observation : seen) text += describe(observation, all);
  }
  return text;
}

std::string render_examinations_json(const Examinations& examinations) {
  json::Value checks = json::array();
  for (const auto& [check, seen] : examinations) {
    json::Value list = json::array();
    for (const auto& observation : seen) append(list, as_json(observation));
    append(checks, json::object({{"name", check}, {"observations", std::move(list)}}));
  }
  return json::format_document(
      json::object({{"schema", 1}, {"healthy", is_healthy(examinations)}, {"checks", std::move(checks)}}));
}

std::string summarise(const Examinations& examinations) {
  return fmt::format("{}, {}", counted(count(examinations, Grade::kProblem), "problem"),
                     counted(count(examinations, Grade::kWarning), "warning"));
}

bool is_healthy(const Examinations& examinations) { return count(examinations, Grade::kProblem) == 0; }

}  // namespace modtool::cli
