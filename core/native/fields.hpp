// Reads JSON objects by a table of their keys, and collects every problem with its place and field path.
#pragma once

#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/result.hpp"

namespace modtool::native {

// The way to a value: `require["github.com/fmtlib/fmt"]`. Locks have many values and few problems, so it is worded only
// where one is told. It lives beside the value that is being read; what it was made from outlives it.
class FieldPath {
 public:
  FieldPath() = default;  // to the document itself
  static FieldPath member(const FieldPath& above, std::string_view key) { return {&above, key, 0}; }
  static FieldPath element(const FieldPath& above, std::size_t index) { return {&above, {}, index}; }

  std::string text() const;  // empty for the document itself

 private:
  FieldPath(const FieldPath* above, std::string_view key, std::size_t index)
      : above_(above), key_(key), index_(index) {}

  const FieldPath* above_ = nullptr;
  std::string_view key_;  // without data: an element of a list
  std::size_t index_ = 0;
};

// A value and the way to it.
struct Field {
  const json::Value& value;
  FieldPath path = {};
};

struct KeyRule {
  std::string_view key;
  std::function<void(const Field&)> read;
  bool required = false;
};

enum class UnknownKeys { kRefuse, kPassOver };

// One document being read. Readers of single values tell what is wrong and go on.
class FieldReader {
 public:
  FieldReader(std::string_view text, const std::string& file, UnknownKeys unknown)
      : places_(text, file), unknown_(unknown) {}

  // The members of an object by a table of rules. Keys that start with "x-" belong to nobody and are passed over.
  void object(const Field& field, std::span<const KeyRule> rules);
  void object(const Field& field, std::initializer_list<KeyRule> rules) {
    object(field, std::span(rules.begin(), rules.size()));
  }
  // Every member of an object whose keys are data; `key_at` is the offset of the key.
  void entries(const Field& field,
               const std::function<void(const std::string& key, std::size_t key_at, const Field&)>& read);
  void elements(const Field& field, const std::function<void(const Field&)>& read);

  // The value, or an empty one after a problem.
  std::string string(const Field& field);
  std::vector<std::string> strings(const Field& field);
  bool boolean(const Field& field);
  // The position of the value in `choices`; 0 after a problem.
  std::size_t one_of(const Field& field, const std::vector<std::string_view>& choices);

  // A key that is to mean something one day.
  void refuse_reserved(const Field& field);
  void problem(const Field& field, Code code, const std::string& message);
  void problem(std::size_t offset, const FieldPath& path, Code code, const std::string& message);
  void problem(const Where& where, Code code, std::string message);
  Where where(std::size_t offset) const { return places_.where(offset); }

  // Fails with all problems, in the order of the text.
  Result<void> result() &&;

 private:
  bool expect(const Field& field, json::Kind kind);
  void check_duplicates(const Field& field);
  void check_unknown(const Field& field, const json::Member& member, std::span<const KeyRule> rules);

  json::Places places_;
  UnknownKeys unknown_;
  std::vector<Error> problems_;
};

// `path.key`, or `path["key"]` where the key is no plain word.
std::string member_path(std::string_view path, std::string_view key);

}  // namespace modtool::native
