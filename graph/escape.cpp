#include "graph/escape.hpp"

#include "core/base/text.hpp"

namespace modtool::graph {

namespace {

// The text with each of the bytes of `special` replaced by what `escape` says.
template <class Escape>
std::string replace_bytes(std::string_view text, std::string_view special, Escape escape) {
  std::string result;
  for (const char byte : text) {
    if (special.contains(byte)) {
      result += escape(byte);
    } else {
      result += byte;
    }
  }
  return result;
}

std::string xml_entity(char byte) {
  switch (byte) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return "&#39;";
  }
}

}  // namespace

std::string visible(std::string_view text) {
  const std::string quoted = quote(text);
  std::string result;
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    if (quoted[i] == '\\' && quoted[i + 1] == '"') continue;
    result += quoted[i];
    if (quoted[i] == '\\') result += quoted[++i];
  }
  return result;
}

std::string dot_id(std::string_view text) { return quote(text); }

std::string dot_label_line(std::string_view text) {
  return replace_bytes(visible(text), "\\\"", [](char byte) { return std::string("\\") + byte; });
}

std::string xml_text(std::string_view text) { return xml_escape(visible(text)); }

std::string xml_escape(std::string_view visible_text) { return replace_bytes(visible_text, "&<>\"'", xml_entity); }

}  // namespace modtool::graph
