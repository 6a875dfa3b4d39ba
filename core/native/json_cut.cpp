#include "core/native/json_cut.hpp"

namespace modtool::native {
namespace {

constexpr std::string_view kBlank = " \t\r";

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<Span> spans_of(const json::Value& value) {
  std::vector<Span> spans;
  spans.reserve(value.members.size() + value.elements.size());
  for (const auto& member : value.members) spans.push_back({member.begin, member.value.end});
  for (const auto& element : value.elements) spans.push_back({element.begin, element.end});
  return spans;
}

bool starts(std::string_view text, std::size_t at, std::string_view what) { return text.substr(at).starts_with(what); }

std::size_t end_of_block_comment(std::string_view text, std::size_t at) { return text.find("*/", at + 2) + 2; }

// Behind white space and comments. The text was parsed, so comments end and brackets close.
std::size_t skip_blank(std::string_view text, std::size_t at) {
  for (;;) {
    if (starts(text, at, "//")) {
      at = text.find('\n', at);
    } else if (starts(text, at, "/*")) {
      at = end_of_block_comment(text, at);
    } else if (text[at] == '\n' || kBlank.contains(text[at])) {
      ++at;
    } else {
      return at;
    }
  }
}

// Behind the line feed, where only blanks and comments stand before it; `at` itself otherwise.
std::size_t skip_rest_of_line(std::string_view text, std::size_t at) {
  std::size_t next = at;
  for (;;) {
    if (starts(text, next, "//")) return text.find('\n', next) + 1;
    if (starts(text, next, "/*")) {
      const auto end = end_of_block_comment(text, next);
      if (text.substr(next, end - next).contains('\n')) return at;
      next = end;
    } else if (text[next] == '\n') {
      return next + 1;
    } else if (kBlank.contains(text[next])) {
      ++next;
    } else {
      return at;
    }
  }
}

}  // namespace

CutItems cut_items(std::string_view text, const json::Value& value) {
  const auto piece = [&](std::size_t begin, std::size_t end) { return std::string(text.substr(begin, end - begin)); };
  CutItems cut;
  std::size_t at = skip_rest_of_line(text, value.begin + 1);
  cut.head = piece(value.begin, at);
  for (const auto& [begin, end] : spans_of(value)) {
    CutItem item{.before = piece(at, begin), .body = piece(begin, end)};
    const std::size_t stop = skip_blank(text, end);
    const bool has_comma = text[stop] == ',';
    if (has_comma) item.behind = piece(end, stop);
    const std::size_t after = has_comma ? stop + 1 : end;
    at = skip_rest_of_line(text, after);
    item.after = piece(after, at);
    cut.items.push_back(std::move(item));
  }
  cut.tail = piece(at, value.end);
  return cut;
}

}  // namespace modtool::native
