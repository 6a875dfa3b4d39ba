// How a JSON text is laid out, and the splices that add an entry to an object or a list, or take one out, so that the
// layout stays. Works on bytes and offsets; json_document.hpp is what others use.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"

namespace modtool::native {

// A member of an object or an element of a list. The key of a member, the text of a string in a list.
struct JsonItem {
  std::string_view key;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Replaces the bytes from `begin` to `end`.
struct Splice {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

// Applies splices that do not overlap; of two at one place the first comes first.
std::string apply_splices(std::string_view text, std::vector<Splice> splices);

// What all of a document has in common.
struct JsonStyle {
  std::string line_end;     // "\n" or "\r\n"
  std::string indent_unit;  // of one level
  std::string colon;        // between a key and its value: ": "
  bool has_lines = false;   // the document takes more than one line
  bool is_compact = false;  // nothing behind a comma or inside brackets
};
JsonStyle style_of(std::string_view text, const json::Value& root);

// Writes a new entry: in one line, or on lines that start with `indent`.
using ItemWriter = std::function<std::string(bool on_own_line, const std::string& indent)>;

class JsonLayout {
 public:
  // `item_begin` is where the entry that has the container as its value begins; of the document its own begin.
  JsonLayout(std::string_view text, const json::Value& container, std::size_t item_begin, const JsonStyle& style);

  const std::vector<JsonItem>& items() const { return items_; }
  std::vector<Splice> insert(std::size_t index, const ItemWriter& write) const;
  std::vector<Splice> remove(std::size_t index) const;

 private:
  std::vector<Splice> insert_first(const ItemWriter& write) const;
  std::vector<Splice> insert_before(const JsonItem& next, const ItemWriter& write) const;
  std::vector<Splice> insert_after(const JsonItem& last, const ItemWriter& write) const;
  std::vector<Splice> insert_between(const JsonItem& previous, const ItemWriter& write) const;
  Splice widen(Splice own, bool takes_blanks) const;
  std::string comma() const { return style_.is_compact ? "," : ", "; }

  std::string_view text_;
  const json::Value& container_;
  std::size_t item_begin_;
  const JsonStyle& style_;
  std::vector<JsonItem> items_;
};

}  // namespace modtool::native
