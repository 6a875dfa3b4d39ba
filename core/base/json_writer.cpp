#include "core/base/json_writer.hpp"

#include <algorithm>
#include <utility>

#include "core/base/printable.hpp"
#include "core/base/utf8.hpp"

namespace modtool::json {
namespace {

enum class Layout { kLine, kIndented };
enum class Letters { kAll, kAscii };

// Whether some valid rune begins with these bytes: then it does with the least or the greatest tail.
bool begins_a_rune(std::string_view bytes) {
  const auto is_rune_with = [&](char tail) { return decode_rune(std::string(bytes).append(3, tail)).valid; };
  return is_rune_with('\x80') || is_rune_with('\xBF');
}

// The bytes at the start of a text, which are no rune, that one U+FFFD stands for.
std::size_t size_of_broken(std::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && begins_a_rune(text.substr(0, size + 1))) ++size;
  return size;
}

class Writer {
 public:
  Writer(Layout layout, Letters letters) : layout_(layout), letters_(letters) {}

  void write(const Value& value) {
    switch (value.kind) {
      case Kind::kObject:
        return write_list('{', value.members, '}', [this](const Member& member) {
          write_text(member.key);
          text_ += layout_ == Layout::kLine ? ":" : ": ";
          write(member.value);
        });
      case Kind::kArray:
        return write_list('[', value.elements, ']', [this](const Value& element) { write(element); });
      case Kind::kString:
        return write_text(value.text);
      default:
        text_ += value.text;
    }
  }

  void write_text(std::string_view text) {
    const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; };
    text_ += '"';
    while (!text.empty()) {
      const auto plain = static_cast<std::size_t>(std::ranges::find_if_not(text, is_plain) - text.begin());
      text_ += text.substr(0, plain);
      text.remove_prefix(plain);
      if (text.empty()) break;
      const Rune rune = decode_rune(text);
      const std::size_t size = rune.valid ? rune.size : size_of_broken(text);
      write_rune(rune.value);
      text.remove_prefix(size);
    }
    text_ += '"';
  }

  std::string take() { return std::move(text_); }

 private:
  template <class List, class WriteOne>
  void write_list(char open, const List& list, char close, WriteOne write_one) {
    text_ += open;
    ++depth_;
    for (bool is_first = true; const auto& one : list) {
      if (!std::exchange(is_first, false)) text_ += ',';
      break_line();
      write_one(one);
    }
    --depth_;
    if (!list.empty()) break_line();
    text_ += close;
  }

  void break_line() {
    if (layout_ == Layout::kIndented) text_.append("\n").append(2 * depth_, ' ');
  }

  void write_rune(std::uint32_t rune) {
    constexpr std::string_view kEscaped = "\"\\\b\f\n\r\t";
    constexpr std::string_view kLetters = "\"\\bfnrt";
    const auto at = rune < 0x80 ? kEscaped.find(static_cast<char>(rune)) : kEscaped.npos;
    if (at != kEscaped.npos) {
      text_.append("\\").append(1, kLetters[at]);
    } else if (!is_printable(rune) || (rune >= 0x7F && letters_ == Letters::kAscii)) {
      write_escaped(rune);
    } else {
      append_rune(text_, rune);
    }
  }

  // Beyond U+FFFF as a pair of surrogates (RFC 8259, section 7).
  void write_escaped(std::uint32_t rune) {
    if (rune > 0xFFFF) {
      write_unit(0xD800 + ((rune - 0x10000) >> 10));
      write_unit(0xDC00 + ((rune - 0x10000) & 0x3FF));
    } else {
      write_unit(rune);
    }
  }

  void write_unit(std::uint32_t unit) {
    text_ += "\\u";
    for (const int shift : {12, 8, 4, 0}) text_ += "0123456789abcdef"[unit >> shift & 0xF];
  }

  Layout layout_;
  Letters letters_;
  std::size_t depth_ = 0;
  std::string text_;
};

std::string format(const Value& value, Layout layout, Letters letters) {
  Writer writer(layout, letters);
  writer.write(value);
  return writer.take();
}

}  // namespace

Item::Item(const std::vector<std::string>& texts) : value_{.kind = Kind::kArray} {
  for (const auto& text : texts) append(value_, text);
}

Value object(std::initializer_list<Field> fields) {
  Value object{.kind = Kind::kObject};
  object.members.reserve(fields.size());
  for (const auto& [key, item] : fields) add(object, key, item);
  return object;
}

Value array(std::vector<Value> elements) { return {.kind = Kind::kArray, .elements = std::move(elements)}; }

void add(Value& object, std::string_view key, const Item& item) {
  object.members.push_back({.key = std::string(key), .value = item.take()});
}

void add_if_any(Value& object, std::string_view key, std::string_view text) {
  if (!text.empty()) add(object, key, text);
}

void append(Value& array, const Item& item) { array.elements.push_back(item.take()); }

std::string format_document(const Value& value) { return format(value, Layout::kIndented, Letters::kAll) + "\n"; }

std::string format_line(const Value& value) { return format(value, Layout::kLine, Letters::kAll); }

std::string format_ascii_line(const Value& value) { return format(value, Layout::kLine, Letters::kAscii); }

std::string string_literal(std::string_view text) {
  Writer writer(Layout::kLine, Letters::kAll);
  writer.write_text(text);
  return writer.take();
}

}  // namespace modtool::json
