#include "core/native/json_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "core/base/json_writer.hpp"
#include "core/native/fields.hpp"
#include "core/native/json_layout.hpp"

namespace modtool::native {
namespace {

using Keys = std::span<const std::string>;

const json::Member* find_member(const json::Value& object, std::string_view key) {
  const auto found = std::ranges::find(object.members, key, &json::Member::key);
  return found == object.members.end() ? nullptr : &*found;
}

const json::Value* find_below(const json::Value& root, Keys path) {
  const json::Value* value = &root;
  for (const auto& key : path) {
    value = json::find(*value, key);
    if (value == nullptr) return nullptr;
  }
  return value;
}

// Where the entry begins that has the value at `path`.
std::size_t item_begin(const json::Value& root, Keys path) {
  if (path.empty()) return root.begin;
  const auto* holder = find_below(root, path.first(path.size() - 1));
  return find_member(*holder, path.back())->begin;
}

// Its place where the keys are sorted, else the end.
std::size_t sorted_place(const std::vector<JsonItem>& items, std::string_view key, const Before& before) {
  const auto is_before = [&](const JsonItem& a, const JsonItem& b) { return before(a.key, b.key); };
  if (!std::ranges::is_sorted(items, is_before)) return items.size();
  const auto place = std::ranges::lower_bound(items, JsonItem{key}, is_before);
  return static_cast<std::size_t>(place - items.begin());
}

// `"key": value`, the value inside objects for all keys but the first.
std::string write_member(Keys keys, const std::string& value, const JsonStyle& style, bool on_own_line,
                         const std::string& indent) {
  const std::string key = json::string_literal(keys.front()) + style.colon;
  if (keys.size() == 1) return key + value;
  const std::string inner = indent + style.indent_unit;
  const std::string member = write_member(keys.subspan(1), value, style, on_own_line, inner);
  if (on_own_line) return key + "{" + style.line_end + inner + member + style.line_end + indent + "}";
  const std::string pad = style.is_compact ? "" : " ";
  return key + "{" + pad + member + pad + "}";
}

}  // namespace

Result<JsonDocument> JsonDocument::parse(std::string text, std::string file, std::vector<std::string_view> order) {
  JsonDocument document(std::move(file), std::move(order));
  MODTOOL_CHECK(document.use(std::move(text)));
  if (document.root_.is_object()) return document;
  return fail(Error{.code = Code::kManifestField, .message = "must be an object"}.at(
      json::where_of(document.text_, document.root_.begin, document.file_)));
}

Result<void> JsonDocument::use(std::string text) {
  MODTOOL_TRY(root_, json::parse(text, file_));
  text_ = std::move(text);
  return {};
}

const json::Value* JsonDocument::find(const KeyPath& path) const { return find_below(root_, path); }

// The value at a path, or nullptr, after a check of its kind and that all above it are objects.
Result<const json::Value*> JsonDocument::container_at(const KeyPath& path, json::Kind kind) const {
  const json::Value* value = &root_;
  std::string name;
  for (std::size_t depth = 0; depth < path.size(); ++depth) {
    name = member_path(name, path[depth]);
    value = json::find(*value, path[depth]);
    if (value == nullptr) return nullptr;
    const auto wanted = depth + 1 == path.size() ? kind : json::Kind::kObject;
    if (value->kind == wanted) continue;
    return fail(Error{
        .code = Code::kManifestField,
        .message = fmt::format("{}: must be {}, not {}", name, json::describe(wanted), json::describe(value->kind))}
                    .at(json::where_of(text_, value->begin, file_)));
  }
  return value;
}

Result<void> JsonDocument::set(const KeyPath& path, const std::string& value) {
  if (const auto* known = find(path)) {
    MODTOOL_TRY(const json::Value wanted, json::parse(value, file_));
    if (json::canonical(*known) == json::canonical(wanted)) return {};
    return use(apply_splices(text_, {{known->begin, known->end, value}}));
  }
  std::size_t depth = path.size() - 1;
  while (find_below(root_, Keys(path).first(depth)) == nullptr) --depth;
  const auto split = path.begin() + static_cast<std::ptrdiff_t>(depth);
  return insert({path.begin(), split}, {split, path.end()}, value);
}

Result<void> JsonDocument::insert(const KeyPath& holder, const KeyPath& missing, const std::string& value) {
  MODTOOL_TRY(const json::Value* const object, container_at(holder, json::Kind::kObject));
  const JsonStyle style = style_of(text_, root_);
  const JsonLayout layout(text_, *object, item_begin(root_, holder), style);
  const std::string& key = missing.front();
  const auto index = holder.empty() ? place_in_document(key) : sorted_place(layout.items(), key, std::less<>());
  return use(apply_splices(text_, layout.insert(index, [&](bool on_own_line, const std::string& indent) {
    return write_member(missing, value, style, on_own_line, indent);
  })));
}

// Behind the last key that the order has in front of it.
std::size_t JsonDocument::place_in_document(std::string_view key) const {
  const auto rank = [this](std::string_view k) { return std::ranges::find(order_, k) - order_.begin(); };
  const auto& members = root_.members;
  if (rank(key) == std::ssize(order_)) return members.size();
  const auto behind = std::find_if(members.rbegin(), members.rend(),
                                   [&](const json::Member& member) { return rank(member.key) < rank(key); });
  return static_cast<std::size_t>(members.rend() - behind);
}

Result<void> JsonDocument::remove(const KeyPath& path) {
  const KeyPath holder(path.begin(), path.end() - 1);
  MODTOOL_TRY(const json::Value* const object, container_at(holder, json::Kind::kObject));
  if (object == nullptr) return {};
  const auto* member = find_member(*object, path.back());
  if (member == nullptr) return {};
  const JsonStyle style = style_of(text_, root_);
  const JsonLayout layout(text_, *object, item_begin(root_, holder), style);
  return use(apply_splices(text_, layout.remove(static_cast<std::size_t>(member - object->members.data()))));
}

Result<void> JsonDocument::add_string(const KeyPath& path, const std::string& string, const Before& before) {
  MODTOOL_TRY(const json::Value* const list, container_at(path, json::Kind::kArray));
  std::string literal = json::string_literal(string);
  if (list == nullptr) return set(path, "[" + literal + "]");
  if (std::ranges::find(list->elements, string, &json::Value::text) != list->elements.end()) return {};
  const JsonStyle style = style_of(text_, root_);
  const JsonLayout layout(text_, *list, item_begin(root_, path), style);
  const auto index = sorted_place(layout.items(), string, before);
  return use(apply_splices(text_, layout.insert(index, [&](bool, const std::string&) { return literal; })));
}

Result<void> JsonDocument::remove_string(const KeyPath& path, const std::string& string) {
  MODTOOL_TRY(const json::Value* const list, container_at(path, json::Kind::kArray));
  if (list == nullptr) return {};
  const auto found = std::ranges::find(list->elements, string, &json::Value::text);
  if (found == list->elements.end()) return {};
  const JsonStyle style = style_of(text_, root_);
  const JsonLayout layout(text_, *list, item_begin(root_, path), style);
  return use(apply_splices(text_, layout.remove(static_cast<std::size_t>(found - list->elements.begin()))));
}

}  // namespace modtool::native
