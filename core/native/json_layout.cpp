#include "core/native/json_layout.hpp"

#include <algorithm>

namespace modtool::native {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_space(char c) { return is_blank(c) || c == '\n' || c == '\r'; }

std::size_t line_begin(std::string_view text, std::size_t at) {
  return at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
}

bool is_all_blank(std::string_view text) { return std::ranges::all_of(text, is_blank); }

// Whether nothing but blanks is in front of it on its line.
bool begins_line(std::string_view text, std::size_t at) {
  const auto begin = line_begin(text, at);
  return is_all_blank(text.substr(begin, at - begin));
}

std::string indent_at(std::string_view text, std::size_t at) {
  const auto begin = line_begin(text, at);
  std::size_t end = begin;
  while (end < text.size() && is_blank(text[end])) ++end;
  return std::string(text.substr(begin, end - begin));
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

bool is_comment(std::string_view text, std::size_t at) {
  return text.substr(at, 2) == "//" || text.substr(at, 2) == "/*";
}

// The end of the comment that begins there; the line end behind `//` is no part of it.
std::size_t comment_end(std::string_view text, std::size_t at) {
  if (text[at + 1] == '/') return std::min(text.find_first_of("\r\n", at), text.size());
  return text.find("*/", at + 2) + 2;
}

// Behind spaces and comments.
std::size_t skip_trivia(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_space(text[at]) || is_comment(text, at))) {
    at = is_space(text[at]) ? at + 1 : comment_end(text, at);
  }
  return at;
}

// Behind blanks and the comments that end on the line.
std::size_t skip_on_line(std::string_view text, std::size_t at) {
  for (at = skip_blanks(text, at); at < text.size() && is_comment(text, at); at = skip_blanks(text, at)) {
    const auto end = comment_end(text, at);
    if (text.substr(at, end - at).contains('\n')) break;
    at = end;
  }
  return at;
}

// The length of the line end there: 0 where there is none.
std::size_t line_end_size(std::string_view text, std::size_t at) {
  return text.substr(at, 1) == "\n" ? 1 : text.substr(at, 2) == "\r\n" ? 2 : 0;
}

bool is_line_end(std::string_view text, std::size_t at) { return line_end_size(text, at) > 0; }

std::size_t key_end(std::string_view text, std::size_t begin) {
  std::size_t at = begin + 1;
  while (text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  return at + 1;
}

// Where the lines of `//` comments begin that stand right above the line of an entry: they are about it.
std::size_t begin_with_comments(std::string_view text, std::size_t from, std::size_t entry) {
  std::vector<std::size_t> lines;
  for (std::size_t at = from; at < entry; at = is_comment(text, at) ? comment_end(text, at) : at + 1) {
    if (text.substr(at, 2) == "//" && begins_line(text, at)) lines.push_back(at);
  }
  std::size_t begin = line_begin(text, entry);
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    const auto end = comment_end(text, *line);
    if (end + line_end_size(text, end) != begin) break;
    begin = line_begin(text, *line);
  }
  return begin;
}

}  // namespace

std::string apply_splices(std::string_view text, std::vector<Splice> splices) {
  std::ranges::stable_sort(splices, {}, &Splice::begin);
  std::string result;
  std::size_t taken = 0;
  for (const auto& splice : splices) {
    result += text.substr(taken, splice.begin - taken);
    result += splice.text;
    taken = splice.end;
  }
  return result += text.substr(taken);
}

JsonStyle style_of(std::string_view text, const json::Value& root) {
  const auto line_end = text.find('\n');
  JsonStyle style{.line_end = line_end != text.npos && line_end > 0 && text[line_end - 1] == '\r' ? "\r\n" : "\n",
                  .indent_unit = "  ",
                  .colon = ": "};
  style.has_lines = text.substr(root.begin, root.end - root.begin).contains('\n');
  if (root.members.empty()) return style;
  const auto& first = root.members.front();
  const auto key = key_end(text, first.begin);
  const auto colon = text.substr(key, first.value.begin - key);
  if (std::ranges::all_of(colon, [](char c) { return is_blank(c) || c == ':'; })) style.colon = colon;
  style.is_compact = style.colon == ":";
  if (begins_line(text, first.begin) && !indent_at(text, first.begin).empty()) {
    style.indent_unit = indent_at(text, first.begin);
  }
  return style;
}

JsonLayout::JsonLayout(std::string_view text, const json::Value& container, std::size_t item_begin,
                       const JsonStyle& style)
    : text_(text), container_(container), item_begin_(item_begin), style_(style) {
  for (const auto& member : container.members) items_.push_back({member.key, member.begin, member.value.end});
  for (const auto& element : container.elements) items_.push_back({element.text, element.begin, element.end});
}

std::vector<Splice> JsonLayout::insert(std::size_t index, const ItemWriter& write) const {
  if (items_.empty()) return insert_first(write);
  if (index == 0) return insert_before(items_.front(), write);
  return index == items_.size() ? insert_after(items_.back(), write) : insert_between(items_[index - 1], write);
}

std::vector<Splice> JsonLayout::insert_first(const ItemWriter& write) const {
  const std::size_t close = container_.end - 1;
  const auto inner = text_.substr(container_.begin + 1, close - container_.begin - 1);
  const std::string& line_end = style_.line_end;
  const bool closes_line = inner.contains('\n') && begins_line(text_, close);
  const std::string base = closes_line ? indent_at(text_, close) : indent_at(text_, item_begin_);
  const std::string indent = base + style_.indent_unit;
  if (closes_line) {
    const auto begin = line_begin(text_, close);
    return {{begin, begin, indent + write(true, indent) + line_end}};
  }
  std::size_t behind = close;  // what is in the brackets
  while (is_blank(text_[behind - 1])) --behind;
  const bool takes_lines = container_.is_object() && style_.has_lines && begins_line(text_, item_begin_);
  if (inner.contains('\n') || takes_lines) {
    return {{behind, close, line_end + indent + write(true, indent) + line_end + base}};
  }
  const std::string pad = style_.is_compact || container_.is_array() ? "" : " ";
  const std::string before = behind == container_.begin + 1 ? pad : " ";
  return {{behind, close, before + write(false, "") + pad}};
}

std::vector<Splice> JsonLayout::insert_before(const JsonItem& next, const ItemWriter& write) const {
  if (!begins_line(text_, next.begin)) return {{next.begin, next.begin, write(false, "") + comma()}};
  const std::string indent = indent_at(text_, next.begin);
  const auto at = begin_with_comments(text_, container_.begin + 1, next.begin);
  return {{at, at, indent + write(true, indent) + "," + style_.line_end}};
}

std::vector<Splice> JsonLayout::insert_after(const JsonItem& last, const ItemWriter& write) const {
  if (!begins_line(text_, last.begin)) return {{last.end, last.end, comma() + write(false, "")}};
  const std::string indent = indent_at(text_, last.begin);
  const std::string item = style_.line_end + indent + write(true, indent);
  const auto at = skip_on_line(text_, last.end);
  if (!is_line_end(text_, at)) return {{last.end, last.end, "," + item}};
  return {{last.end, last.end, ","}, {at, at, item}};
}

std::vector<Splice> JsonLayout::insert_between(const JsonItem& previous, const ItemWriter& write) const {
  const auto at = skip_on_line(text_, skip_trivia(text_, previous.end) + 1);  // behind the comma
  if (!begins_line(text_, previous.begin) || !is_line_end(text_, at)) {
    return {{previous.end, previous.end, comma() + write(false, "")}};
  }
  const std::string indent = indent_at(text_, previous.begin);
  return {{at, at, style_.line_end + indent + write(true, indent) + ","}};
}

// The comma that goes with the entry is behind it, or in front of it where it is the last one. It may stand on another
// line, or behind a comment that stays.
std::vector<Splice> JsonLayout::remove(std::size_t index) const {
  Splice own{items_[index].begin, items_[index].end, ""};
  std::vector<Splice> splices;
  const bool is_last = index + 1 == items_.size();
  if (items_.size() > 1) {
    const auto comma = skip_trivia(text_, is_last ? items_[index - 1].end : own.end);
    const auto gap = is_last ? text_.substr(comma + 1, own.begin - comma - 1) : text_.substr(own.end, comma - own.end);
    if (!is_all_blank(gap)) {
      splices.push_back({comma, comma + 1, ""});
    } else if (is_last) {
      own.begin = comma;
    } else {
      own.end = comma + 1;
    }
  }
  splices.push_back(widen(std::move(own), !is_last || items_.size() == 1));
  return splices;
}

// With its whole line, where it is alone there; else so that no blanks are left behind.
Splice JsonLayout::widen(Splice own, bool takes_blanks) const {
  const auto behind = skip_on_line(text_, own.end);
  if (begins_line(text_, own.begin) && is_line_end(text_, behind)) {
    own.begin = line_begin(text_, own.begin);
    own.end = behind + line_end_size(text_, behind);
  } else {
    const auto blanks = skip_blanks(text_, own.end);
    const bool leaves_end = is_line_end(text_, blanks);
    if (takes_blanks || leaves_end) own.end = blanks;
    while (leaves_end && is_blank(text_[own.begin - 1])) --own.begin;
  }
  return own;
}

}  // namespace modtool::native
