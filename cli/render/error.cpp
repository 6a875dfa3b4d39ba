#include "cli/render/error.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/render/causes.hpp"
#include "cli/render/fix.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"

namespace modtool::cli {
namespace {

// Whether a runner of workflows would take a line for a command to itself, which the text of a server may try.
bool is_runner_command(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return line.starts_with("::") || line.starts_with("##[");
}

// Go's words already hold line breaks; what follows the first line is set under it.
std::string indent(std::string_view text) {
  std::string indented;
  for (const std::string_view line : split(text, '\n')) {
    if (line.data() != text.data()) indented += is_runner_command(line) ? "\n  | " : "\n  ";
    indented += line;
  }
  return indented;
}

// Where the go command ends on the spot, it says neither its name nor what it was doing; nor twice what its name is.
bool is_said_bare(const Error& error) {
  if (error.message.starts_with("go mod ")) return true;
  const bool is_internal = !error.context.empty() && error.context.back().starts_with("internal error: ");
  return is_internal || error.code == Code::kImportCollision;
}

bool is_about_goauth(const Error& error) {
  return error.code == Code::kBadSetting && error.message.starts_with("GOAUTH");
}

std::string place(const Error& error) { return error.where.known() ? to_string(error.where) + ": " : ""; }

json::Value as_json(const Error& error);

void add_errors(json::Value& record, std::string_view key, const std::vector<Error>& errors) {
  if (errors.empty()) return;
  json::Value list = json::array();
  for (const auto& error : errors) append(list, as_json(error));
  add(record, key, std::move(list));
}

// Its own, then those of its attempts, each line once.
std::vector<std::string> notes_of(const Error& error) {
  std::vector<std::string> notes;
  const auto take = [&](const std::vector<std::string>& lines) {
    for (const auto& line : lines) {
      if (std::ranges::find(notes, line) == notes.end()) notes.push_back(line);
    }
  };
  take(error.notes);
  for (const auto& attempt : error.attempts) take(attempt.notes);
  return notes;
}

json::Value as_json(const Error& error) {
  json::Value record = json::object({{"code", to_string(error.code)}, {"message", to_line(error)}});
  if (error.where.known()) add(record, "where", to_string(error.where));
  add_fix(record, error.fix);
  add_errors(record, "problems", error.problems);
  add_errors(record, "attempts", error.attempts);
  if (!error.notes.empty()) add(record, "notes", error.notes);
  return record;
}

}  // namespace

std::string render_error(const Error& error) {
  if (error.message.empty()) {
    std::string text;
    for (const auto& problem : one_for_each_cause(error.problems)) {
      text += (text.empty() ? "" : "\n") + render_error(problem);
    }
    return text;
  }
  std::string text = fmt::format("error[{}]: {}{}", to_string(error.code), place(error), indent(error.message));
  for (const auto& problem : error.problems) text += "\n  " + indent(to_line(problem));
  for (const auto& attempt : error.attempts) text += "\n  tried: " + indent(to_line(attempt));
  for (const auto& frame : error.context) text += "\n  in: " + indent(frame);
  for (const auto& line : notes_of(error)) text += "\n  note: " + indent(line);
  if (!error.fix.empty()) text += "\n  fix: " + indent(to_command(error.fix));
  return text + "\n  explain: modtool explain " + to_string(error.code);
}

std::string render_error_json(const Error& error) {
  return json::format_document(json::object({{"schema", 1}, {"error", as_json(error)}}));
}

std::string render_go_error(const Error& error) {
  std::string text;
  // An error without words of its own stands for several, each told by itself.
  for (const auto& problem : error.message.empty() ? error.problems : std::vector<Error>()) {
    text += (text.empty() ? "" : "\n") + render_go_error(problem);
  }
  if (error.message.empty()) return text;
  if (error.code == Code::kChecksumMismatch) return error.message;  // nor for which module
  const bool is_of_go_sum = error.message.starts_with("malformed go.sum") && !error.problems.empty();
  if (is_of_go_sum) return error.message + "\n" + to_line(error.problems.front());
  if (is_about_goauth(error)) return "go: " + error.message;  // nor what needed it
  text = (is_said_bare(error) ? "" : "go: ") + to_line(error);
  for (const auto& problem : error.problems) text += "\n" + to_line(problem);
  return text;
}

}  // namespace modtool::cli
