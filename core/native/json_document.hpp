// A JSON text that is edited by splicing bytes: what an edit does not touch (comments, order, indentation, line ends)
// stays byte for byte. A new entry looks like its neighbours: on a line of its own where they are, indented as they
// are; it goes to its sorted place where they are sorted, else to the end. An entry that is removed takes its comma and
// the comment behind it on its line along; comments on lines of their own stay.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/result.hpp"

namespace modtool::native {

// The keys from the document down to a value: {"require", "github.com/fmtlib/fmt"}.
using KeyPath = std::vector<std::string>;
// Whether one key (or string of a list) stands before another.
using Before = std::function<bool(std::string_view, std::string_view)>;

class JsonDocument {
 public:
  // `order` is how the keys of the document itself are ordered when one is added. Code::kJsonSyntax, or kManifestField
  // where the text is no object. `file` is for messages.
  static Result<JsonDocument> parse(std::string text, std::string file, std::vector<std::string_view> order = {});

  const std::string& text() const { return text_; }
  // The value there, or nullptr; valid until the next edit.
  const json::Value* find(const KeyPath& path) const;

  // Makes the value at `path` be `value`, a JSON text that is written as it is; objects on the way are made where they
  // are missing. Nothing changes where the value is equal already. Code::kManifestField where a value on the way is no
  // object. `path` is not empty.
  Result<void> set(const KeyPath& path, const std::string& value);
  // Removes the entry; fine where there is none. The object that held it stays, perhaps empty.
  Result<void> remove(const KeyPath& path);

  // The same for a string in the list at `path`, which is made where it is missing. `before` says how such lists are
  // sorted.
  Result<void> add_string(const KeyPath& path, const std::string& string, const Before& before);
  Result<void> remove_string(const KeyPath& path, const std::string& string);

 private:
  JsonDocument(std::string file, std::vector<std::string_view> order)
      : file_(std::move(file)), order_(std::move(order)) {}
  Result<void> use(std::string text);
  Result<const json::Value*> container_at(const KeyPath& path, json::Kind kind) const;
  Result<void> insert(const KeyPath& holder, const KeyPath& missing, const std::string& value);
  std::size_t place_in_document(std::string_view key) const;

  std::string file_;
  std::vector<std::string_view> order_;
  std::string text_;
  json::Value root_;
};

}  // namespace modtool::native
