#include "core/engine/reuse_file.hpp"

#include <fmt/format.h>

#include <string>

#include "core/base/json.hpp"

namespace modtool::engine {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

// One past the end of the object that begins a text; npos where it has none.
std::size_t end_of_object(std::string_view text) {
  std::size_t depth = 0;
  bool is_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_text && c == '\\') {
      ++i;
    } else if (c == '"') {
      is_text = !is_text;
    } else if (!is_text && c == '{') {
      ++depth;
    } else if (!is_text && c == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

Result<void> check_reuse_file(std::string_view text) {
  for (auto start = text.find_first_not_of(kBlank); start != std::string_view::npos;
       start = text.find_first_not_of(kBlank)) {
    text.remove_prefix(start);
    if (text.front() != '{') {
      return fail(Code::kJsonSyntax,
                  fmt::format("invalid character '{}' looking for beginning of value", text.front()));
    }
    const auto end = end_of_object(text);
    if (end == std::string_view::npos) return fail(Code::kJsonSyntax, "unexpected EOF");
    MODTOOL_CHECK(json::parse_strict(text.substr(0, end), ""));
    text.remove_prefix(end);
  }
  return {};
}

}  // namespace modtool::engine
