#include "core/native/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/ascii.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"

namespace modtool::native {
namespace {

bool is_plain_word(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) { return is_ascii_alphanumeric(c) || c == '_'; });
}

bool is_foreign(std::string_view key) { return key.starts_with("x-") || key == "$schema"; }

}  // namespace

std::string member_path(std::string_view path, std::string_view key) {
  if (!is_plain_word(key)) return fmt::format("{}[{}]", path, json::string_literal(key));
  return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
}

std::string FieldPath::text() const {
  if (above_ == nullptr) return {};
  if (key_.data() != nullptr) return member_path(above_->text(), key_);
  return fmt::format("{}[{}]", above_->text(), index_);
}

void FieldReader::object(const Field& field, std::span<const KeyRule> rules) {
  if (!expect(field, json::Kind::kObject)) return;
  check_duplicates(field);
  for (const auto& member : field.value.members) {
    const auto rule = std::ranges::find(rules, member.key, &KeyRule::key);
    if (rule == rules.end()) {
      check_unknown(field, member, rules);
    } else {
      rule->read({member.value, FieldPath::member(field.path, member.key)});
    }
  }
  for (const auto& rule : rules) {
    if (!rule.required || json::find(field.value, rule.key) != nullptr) continue;
    problem(field, Code::kManifestField, fmt::format("the key {} is missing", json::string_literal(rule.key)));
  }
}

void FieldReader::entries(const Field& field,
                          const std::function<void(const std::string& key, std::size_t key_at, const Field&)>& read) {
  if (!expect(field, json::Kind::kObject)) return;
  check_duplicates(field);
  for (const auto& member : field.value.members) {
    read(member.key, member.begin, {member.value, FieldPath::member(field.path, member.key)});
  }
}

void FieldReader::elements(const Field& field, const std::function<void(const Field&)>& read) {
  if (!expect(field, json::Kind::kArray)) return;
  for (std::size_t i = 0; i < field.value.elements.size(); ++i) {
    read({field.value.elements[i], FieldPath::element(field.path, i)});
  }
}

std::string FieldReader::string(const Field& field) {
  return expect(field, json::Kind::kString) ? field.value.text : std::string();
}

std::vector<std::string> FieldReader::strings(const Field& field) {
  std::vector<std::string> values;
  elements(field, [&](const Field& element) { values.push_back(string(element)); });
  return values;
}

bool FieldReader::boolean(const Field& field) { return expect(field, json::Kind::kBool) && field.value.is_true(); }

std::size_t FieldReader::one_of(const Field& field, const std::vector<std::string_view>& choices) {
  const std::string value = string(field);
  const auto found = std::ranges::find(choices, value);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  if (!field.value.is_string()) return 0;
  std::vector<std::string> quoted;
  quoted.reserve(choices.size());
  for (const auto choice : choices) quoted.push_back(json::string_literal(choice));
  problem(field, Code::kManifestField,
          fmt::format("{} is none of {}", json::string_literal(value), join(quoted, ", ")));
  return 0;
}

void FieldReader::refuse_reserved(const Field& field) {
  problem(field, Code::kNotSupported, "the key is reserved; this modtool does not support it yet");
}

void FieldReader::problem(const Field& field, Code code, const std::string& message) {
  problem(field.value.begin, field.path, code, message);
}

void FieldReader::problem(std::size_t offset, const FieldPath& path, Code code, const std::string& message) {
  const std::string way = path.text();
  problem(where(offset), code, way.empty() ? message : way + ": " + message);
}

void FieldReader::problem(const Where& where, Code code, std::string message) {
  problems_.push_back({.code = code, .message = std::move(message), .where = where});
}

Result<void> FieldReader::result() && {
  if (problems_.empty()) return {};
  std::ranges::stable_sort(problems_, {}, [](const Error& e) { return std::pair(e.where.line, e.where.column); });
  if (problems_.size() == 1) return fail(std::move(problems_.front()));
  const Code code = problems_.front().code;
  return fail(Error{.code = code,
                    .message = fmt::format("{} problems in {}", problems_.size(), places_.file()),
                    .problems = std::move(problems_)});
}

bool FieldReader::expect(const Field& field, json::Kind kind) {
  if (field.value.kind == kind) return true;
  problem(field, Code::kManifestField,
          fmt::format("must be {}, not {}", json::describe(kind), json::describe(field.value.kind)));
  return false;
}

void FieldReader::check_duplicates(const Field& field) {
  std::vector<std::string_view> keys;
  keys.reserve(field.value.members.size());
  for (const auto& member : field.value.members) keys.emplace_back(member.key);
  std::ranges::sort(keys);
  if (std::ranges::adjacent_find(keys) == keys.end()) return;
  std::set<std::string_view> seen;
  for (const auto& member : field.value.members) {
    if (seen.insert(member.key).second) continue;
    problem(member.begin, FieldPath::member(field.path, member.key), Code::kManifestField, "the key stands twice");
  }
}

void FieldReader::check_unknown(const Field& field, const json::Member& member, std::span<const KeyRule> rules) {
  if (unknown_ == UnknownKeys::kPassOver || is_foreign(member.key)) return;
  std::vector<std::string_view> known;
  known.reserve(rules.size());
  for (const auto& rule : rules) known.push_back(rule.key);
  const auto near = nearest(member.key, known);
  const std::string advice = near.empty() ? "" : fmt::format("; did you mean {}?", json::string_literal(near));
  problem(member.begin, FieldPath::member(field.path, member.key), Code::kManifestField, "unknown key" + advice);
}

}  // namespace modtool::native
