// JSON as a tree that knows where in its text everything stands, so that messages can name the place and edits can
// splice bytes. Comments (`//` and `/* */`) are accepted and passed over (RFC 8259 otherwise; no trailing commas).
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::json {

enum class Kind { kNull, kBool, kNumber, kString, kArray, kObject };

struct Member;

// Offsets are bytes from the start of the text; `end` is one past the last byte of the value.
struct Value {
  Kind kind = Kind::kNull;
  std::string text = {};        // of a string its value; of a number, a bool and null what is written
  std::vector<Value> elements;  // of an array
  std::vector<Member> members;  // of an object, in order; a key may stand twice
  std::size_t begin = 0;
  std::size_t end = 0;

  bool is_null() const { return kind == Kind::kNull; }
  bool is_string() const { return kind == Kind::kString; }
  bool is_object() const { return kind == Kind::kObject; }
  bool is_array() const { return kind == Kind::kArray; }
  bool is_true() const { return kind == Kind::kBool && text == "true"; }
};

struct Member {
  std::string key;
  Value value;
  std::size_t begin = 0;  // of the key, its quote included
};

// Deeper nesting is an error: nothing that modtool reads needs it, and a reader must end.
inline constexpr std::size_t kMaxDepth = 64;

// Code::kJsonSyntax with line and column at the first byte that does not fit. `file` is for messages.
Result<Value> parse(std::string_view text, const std::string& file);

// The same for a long list: each of its elements goes to `take` as soon as it is read, so that the whole is never a
// tree. What is returned is the document without them.
Result<Value> parse_each(std::string_view text, const std::string& file, const std::function<void(const Value&)>& take);

// The same for files that may hold no comments.
Result<Value> parse_strict(std::string_view text, const std::string& file);

// The first member with that key, or nullptr; also where the value is no object.
const Value* find(const Value& object, std::string_view key);
// The last one: it counts for Go where a key stands twice.
const Value* find_last(const Value& object, std::string_view key);

// The line and column of an offset.
Where where_of(std::string_view text, std::size_t offset, const std::string& file);

// The same for many offsets of one text, which is read through once.
class Places {
 public:
  Places(std::string_view text, std::string file);
  Where where(std::size_t offset) const;
  const std::string& file() const { return file_; }

 private:
  std::string file_;
  std::vector<std::size_t> lines_;  // where each line starts
};

// "an object", "a string" …, for messages.
std::string_view describe(Kind kind);

// One text for equal values: keys sorted, nothing between the tokens, comments left out; numbers as they are written.
std::string canonical(const Value& value);

}  // namespace modtool::json
