// Makes JSON values and writes them. Nothing fails: bytes that are not UTF-8 become U+FFFD, one for each longest start
// of a rune (The Unicode Standard, section 3.9, "substitution of maximal subparts"). Runes that cannot be shown
// (printable.hpp), all controls among them, stand as \uXXXX: no document does anything to a terminal.
#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"

namespace modtool::json {

// What a value can be made of without a word: a truth value, an integer, a text, a list of texts, a value.
class Item {
 public:
  template <std::same_as<bool> T>
  Item(T truth) : value_{.kind = Kind::kBool, .text = truth ? "true" : "false"} {}
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  Item(T number) : value_{.kind = Kind::kNumber, .text = std::to_string(number)} {}
  template <std::convertible_to<std::string_view> T>
  Item(const T& text) : value_{.kind = Kind::kString, .text = std::string(std::string_view(text))} {}
  Item(const std::vector<std::string>& texts);
  Item(Value value) : value_(std::move(value)) {}

  // Leaves it empty. Also of a constant: initializer lists hold nothing else.
  Value take() const { return std::move(value_); }

 private:
  mutable Value value_;
};

struct Field {
  std::string_view key;
  Item item;
};

// Members keep their order: object({{"schema", 1}, {"path", path}}).
Value object(std::initializer_list<Field> fields = {});
Value array(std::vector<Value> elements = {});

// A member behind the others; the key is a new one.
void add(Value& object, std::string_view key, const Item& item);
// Only where the text is not empty.
void add_if_any(Value& object, std::string_view key, std::string_view text);
void append(Value& array, const Item& item);

// A document for files and people: indented by two, with a line end.
std::string format_document(const Value& value);
// In one line without spaces, and without a line end.
std::string format_line(const Value& value);
// The same with all that is not ASCII as \uXXXX.
std::string format_ascii_line(const Value& value);

// The text as a JSON string, in quotes. UTF-8 that can be shown stays as it is.
std::string string_literal(std::string_view text);

}  // namespace modtool::json
