#include "cli/render/go_json.hpp"

#include <fmt/format.h>

#include "core/base/json_writer.hpp"

namespace modtool::cli {
namespace {

std::string literal(std::string_view text) {
  std::string escaped;
  for (const char c : json::string_literal(text)) {
    const bool is_markup = c == '<' || c == '>' || c == '&';
    escaped += is_markup ? fmt::format("\\u{:04x}", static_cast<unsigned>(c)) : std::string(1, c);
  }
  return escaped;
}

std::string format(const json::Value& value, const std::string& indent) {
  if (!value.is_object()) return value.is_string() ? literal(value.text) : value.text;
  if (value.members.empty()) return "{}";
  const std::string deeper = indent + "\t";
  std::string text = "{";
  for (const auto& member : value.members) {
    text += fmt::format("{}\n{}{}: {}", text.size() == 1 ? "" : ",", deeper, literal(member.key),
                        format(member.value, deeper));
  }
  return text + "\n" + indent + "}";
}

}  // namespace

std::string format_go_json(const json::Value& value) { return format(value, ""); }

}  // namespace modtool::cli
