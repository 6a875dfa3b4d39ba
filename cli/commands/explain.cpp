#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "cli/commands/commands.hpp"
#include "cli/error_pages.hpp"
#include "cli/exit_code.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"

namespace modtool::cli {
namespace {

// "MT4001", "mt4001" and "4001" name the same code.
std::string normalise(std::string word) {
  std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::toupper(c); });
  return word.starts_with("MT") ? word : "MT" + word;
}

Result<CodeInfo> find_code(const std::string& word) {
  const std::string wanted = normalise(word);
  std::vector<std::string> names;
  for (const auto& info : all_codes()) {
    names.push_back(to_string(info.code));
    if (names.back() == wanted) return info;
  }
  const auto guess = did_you_mean(wanted, {names.begin(), names.end()});
  return fail(
      Error{.code = Code::kUsage, .message = fmt::format("no error has the code `{}`{}", make_printable(word), guess)}
          .with(Fix::modtool("explain")));
}

std::string list_text() {
  std::string text;
  for (const auto& info : all_codes()) text += fmt::format("{}  {}\n", to_string(info.code), info.title);
  return text;
}

std::string list_json() {
  json::Value codes = json::array();
  for (const auto& info : all_codes()) {
    append(codes, json::object({{"code", to_string(info.code)}, {"title", info.title}}));
  }
  return json::format_document(json::object({{"schema", 1}, {"codes", std::move(codes)}}));
}

std::string page_json(const CodeInfo& info) {
  return json::format_document(json::object({{"schema", 1},
                                             {"code", to_string(info.code)},
                                             {"title", info.title},
                                             {"exit_status", exit_code_of(info.code)},
                                             {"page", error_page(info.code)}}));
}

Result<int> run(Session& session, const std::string& word) {
  const bool json = session.global.json;
  if (word.empty()) {
    session.console.print(json ? list_json() : list_text());
    return kSuccess;
  }
  MODTOOL_TRY(const CodeInfo info, find_code(word));
  session.console.print(json ? page_json(info) : error_page(info.code));
  return kSuccess;
}

Action configure(FlagSet& set) {
  auto word = std::make_shared<std::string>();
  set.add_argument("code", *word, "the code of an error; without one, all codes are listed").value("MTnnnn");
  return [word](Session& session) { return run(session, *word); };
}

}  // namespace

constinit const Command kExplainCommand = {
    .name = "explain",
    .group = "look",
    .summary = "say what an error means and what to do about it",
    .example = "modtool explain MT4002",
    .configure = configure,
    .settings = SettingsNeed::kNone,
};

}  // namespace modtool::cli
