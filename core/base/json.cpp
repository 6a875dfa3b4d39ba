#include "core/base/json.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"

namespace modtool::json {
namespace {

// Counts the bytes that the parser has taken: its events tell no positions.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, std::size_t* taken) : at_(at), taken_(taken) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    ++*taken_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }

 private:
  const char* at_;
  std::size_t* taken_;
};

using Taker = std::function<void(const Value&)>;

bool is_part_of_literal(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '+' || c == '-' || c == '.' || c == 'E';
}

// "…: syntax error while parsing object key - unexpected ','; expected string literal" → "while parsing …".
std::string reason_of(std::string_view what) {
  constexpr std::string_view kBefore = "syntax error ";
  if (const auto at = what.find(kBefore); at != what.npos) return std::string(what.substr(at + kBefore.size()));
  const auto colon = what.rfind(": ");
  return std::string(colon == what.npos ? what : what.substr(colon + 2));
}

// Builds the tree from the parser's events; each comes when the parser has just taken the last byte of its token (of a
// number: the byte after it too).
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  TreeBuilder(std::string_view text, const std::string& file, const std::size_t& taken, const Taker& take)
      : text_(text), file_(file), taken_(taken), take_(take) {}

  bool null() override { return add_literal(Kind::kNull); }
  bool boolean(bool) override { return add_literal(Kind::kBool); }
  bool number_integer(number_integer_t) override { return add_literal(Kind::kNumber); }
  bool number_unsigned(number_unsigned_t) override { return add_literal(Kind::kNumber); }
  bool number_float(number_float_t, const string_t&) override { return add_literal(Kind::kNumber); }
  bool binary(binary_t&) override { return false; }
  bool string(string_t& value) override {
    add({.kind = Kind::kString, .text = std::move(value), .begin = start_of_string(), .end = taken_});
    hand_over();
    return true;
  }
  bool key(string_t& value) override {
    open_.back()->members.push_back({.key = std::move(value), .value = {}, .begin = start_of_string()});
    return true;
  }
  bool start_object(std::size_t) override { return start(Kind::kObject); }
  bool end_object() override { return end(); }
  bool start_array(std::size_t) override { return start(Kind::kArray); }
  bool end_array() override { return end(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& problem) override {
    refuse(position == 0 ? 0 : position - 1, reason_of(problem.what()));
    return false;
  }

  Result<Value> take() {
    if (error_.message.empty()) return std::move(root_);
    return fail(std::move(error_));
  }

 private:
  Value& add(Value value) {
    if (open_.empty()) return root_ = std::move(value);
    Value& parent = *open_.back();
    if (parent.is_object()) return parent.members.back().value = std::move(value);
    return parent.elements.emplace_back(std::move(value));
  }

  bool add_literal(Kind kind) {
    std::size_t end = taken_;
    while (end > 0 && !is_part_of_literal(text_[end - 1])) --end;
    std::size_t begin = end;
    while (begin > 0 && is_part_of_literal(text_[begin - 1])) --begin;
    add({.kind = kind, .text = std::string(text_.substr(begin, end - begin)), .begin = begin, .end = end});
    hand_over();
    return true;
  }

  // Inside a string a quote stands behind a backslash; outside, none does.
  std::size_t start_of_string() const {
    std::size_t at = text_.rfind('"', taken_ - 2);
    while (at > 0 && text_[at - 1] == '\\') at = text_.rfind('"', at - 1);
    return at;
  }

  bool start(Kind kind) {
    if (open_.size() == kMaxDepth) {
      refuse(taken_ - 1, "nested too deeply");
      return false;
    }
    // The elements of what is open do not move: only its last one grows.
    open_.push_back(&add({.kind = kind, .begin = taken_ - 1, .end = taken_}));
    return true;
  }

  bool end() {
    open_.back()->end = taken_;
    open_.pop_back();
    hand_over();
    return true;
  }

  // An element of the outermost list that is whole.
  void hand_over() {
    if (!take_ || open_.size() != 1 || !root_.is_array()) return;
    take_(root_.elements.back());
    root_.elements.clear();
  }

  void refuse(std::size_t offset, std::string message) {
    error_ = {.code = Code::kJsonSyntax, .message = std::move(message), .where = where_of(text_, offset, file_)};
  }

  std::string_view text_;
  const std::string& file_;
  const std::size_t& taken_;
  const Taker& take_;
  Value root_;
  std::vector<Value*> open_;
  Error error_;
};

Result<Value> parse(std::string_view text, const std::string& file, bool takes_comments, const Taker& take = {}) {
  std::size_t taken = 0;
  TreeBuilder builder(text, file, taken, take);
  const CountingIterator first(std::to_address(text.begin()), &taken);
  const CountingIterator last(std::to_address(text.end()), &taken);
  // The parser takes a NUL for the end of a text or a comment; no document has one.
  if (const auto nul = text.find('\0'); nul != text.npos) {
    return fail({.code = Code::kJsonSyntax, .message = "a NUL byte", .where = where_of(text, nul, file)});
  }
  nlohmann::json::sax_parse(first, last, &builder, nlohmann::json::input_format_t::json, true, takes_comments);
  return builder.take();
}

}  // namespace

Result<Value> parse(std::string_view text, const std::string& file) { return parse(text, file, true); }

Result<Value> parse_each(std::string_view text, const std::string& file, const Taker& take) {
  return parse(text, file, true, take);
}

Result<Value> parse_strict(std::string_view text, const std::string& file) { return parse(text, file, false); }

const Value* find(const Value& object, std::string_view key) {
  const auto found = std::ranges::find(object.members, key, &Member::key);
  return found == object.members.end() ? nullptr : &found->value;
}

const Value* find_last(const Value& object, std::string_view key) {
  const Value* last = nullptr;
  for (const auto& member : object.members) {
    if (member.key == key) last = &member.value;
  }
  return last;
}

Where where_of(std::string_view text, std::size_t offset, const std::string& file) {
  const auto before = text.substr(0, std::min(offset, text.size()));
  return Places(before, file).where(before.size());
}

Places::Places(std::string_view text, std::string file) : file_(std::move(file)), lines_{0} {
  for (auto end = text.find('\n'); end != text.npos; end = text.find('\n', end + 1)) lines_.push_back(end + 1);
}

Where Places::where(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(lines_, offset);
  const auto line = static_cast<std::size_t>(after - lines_.begin());
  return {.file = file_, .line = static_cast<int>(line), .column = static_cast<int>(offset - lines_[line - 1]) + 1};
}

std::string_view describe(Kind kind) {
  switch (kind) {
    case Kind::kNull:
      return "null";
    case Kind::kBool:
      return "true or false";
    case Kind::kNumber:
      return "a number";
    case Kind::kString:
      return "a string";
    case Kind::kArray:
      return "a list";
    case Kind::kObject:
      return "an object";
  }
  return "a value";
}

std::string canonical(const Value& value) {
  std::vector<std::string> parts;
  switch (value.kind) {
    case Kind::kArray:
      for (const auto& element : value.elements) parts.push_back(canonical(element));
      return "[" + join(parts, ",") + "]";
    case Kind::kObject:
      for (const auto& member : value.members)
        parts.push_back(string_literal(member.key) + ":" + canonical(member.value));
      std::ranges::sort(parts);
      return "{" + join(parts, ",") + "}";
    case Kind::kString:
      return string_literal(value.text);
    default:
      return value.text;
  }
}

}  // namespace modtool::json
