#include "core/native/manifest_merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "core/base/json.hpp"
#include "core/base/three_way.hpp"
#include "core/native/fields.hpp"
#include "core/native/items_merge.hpp"
#include "core/native/manifest_file.hpp"
#include "core/native/requirement_merge.hpp"

namespace modtool::native {
namespace {

using manifest::MergedFile;
using manifest::MergeInput;

// A value of one side, and the text that it stands in.
struct Node {
  const json::Value* value = nullptr;
  std::string_view text;

  std::string raw() const { return std::string(text.substr(value->begin, value->end - value->begin)); }
  bool operator==(const Node& other) const { return json::canonical(*value) == json::canonical(*other.value); }
};

// The way to a value: {"require", "example.com/a"}.
using Way = std::vector<std::string>;

Way operator/(Way way, std::string key) {
  way.push_back(std::move(key));
  return way;
}

std::string to_string(const Way& way) {
  std::string text;
  for (const auto& key : way) text = member_path(text, key);
  return text;
}

// Whether the way is one of those; "*" stands for any key.
bool is_one_of(const Way& way, const std::vector<Way>& patterns) {
  return std::ranges::any_of(patterns, [&](const Way& pattern) {
    return std::ranges::equal(way, pattern,
                              [](const auto& key, const auto& wanted) { return wanted == "*" || key == wanted; });
  });
}

bool is_version(const Way& way) {
  return is_one_of(way, {{"require", "*"},
                         {"require", "*", "version"},
                         {"groups", "*", "*"},
                         {"groups", "*", "*", "version"},
                         {"describe", "*", "require", "*"},
                         {"describe", "*", "require", "*", "version"}});
}

bool is_set(const Way& way) { return is_one_of(way, {{"exclude", "*"}, {"retract"}}); }

// A replacement is one thing, though it has several keys.
bool is_whole(const Way& way) { return is_one_of(way, {{"replace", "*"}}); }

// What an object holds by its keys, and a list by what its elements say.
class NodesByKey {
 public:
  explicit NodesByKey(const std::optional<Node>& node) {
    if (!node) return;
    for (const auto& member : node->value->members) nodes_.emplace(member.key, Node{&member.value, node->text});
    for (const auto& element : node->value->elements) {
      nodes_.emplace(json::canonical(element), Node{&element, node->text});
    }
  }

  std::optional<Node> find(const std::string& key) const {
    const auto found = nodes_.find(key);
    return found == nodes_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::unordered_map<std::string, Node> nodes_;
};

class ManifestMerger {
 public:
  // The text of the merged value; nothing where the sides contradict each other.
  std::optional<std::string> merge(const Way& way, const Three<Node>& three) {
    const auto has_kind = [&](json::Kind kind) {
      return three.ours->value->kind == kind && three.theirs->value->kind == kind;
    };
    if (has_kind(json::Kind::kObject) && !is_whole(way)) return merge_items(way, three);
    if (has_kind(json::Kind::kArray) && is_set(way)) return merge_items(way, three);
    if (const auto* merged = merge_value(three)) return merge_spelling(three, **merged);
    if (has_kind(json::Kind::kString) && is_version(way) && !are_opposed(three)) return higher(three);
    return std::nullopt;
  }

  std::vector<std::string> take_conflicts() { return std::move(conflicts_); }

 private:
  // Of one value, the text that a side gave it.
  static std::string merge_spelling(const Three<Node>& three, const Node& merged) {
    if (!(*three.ours == *three.theirs)) return merged.raw();
    const std::string ours = three.ours->raw();
    const std::string theirs = three.theirs->raw();
    const auto* const text = merge_value(three.base ? three.base->raw() : "", ours, theirs);
    return text != nullptr ? *text : ours;
  }

  // To take the higher version then would take back what somebody decided.
  static bool are_opposed(const Three<Node>& three) {
    return three.base && three.base->value->kind == json::Kind::kString &&
           manifest::are_opposed(three.base->value->text, three.ours->value->text, three.theirs->value->text);
  }

  static std::string higher(const Three<Node>& three) {
    const auto text = [](const std::optional<Node>& node) {
      return node ? std::optional(node->value->text) : std::nullopt;
    };
    const auto version = merge_version({text(three.base), text(three.ours), text(three.theirs)});
    return version == three.ours->value->text ? three.ours->raw() : three.theirs->raw();
  }

  std::string merge_items(const Way& way, const Three<Node>& three) {
    const auto side = [](const std::optional<Node>& node, json::Kind kind) {
      return node && node->value->kind == kind ? std::optional(items_of(*node)) : std::nullopt;
    };
    const json::Kind kind = three.ours->value->kind;
    const Three<KeyedItems> items{side(three.base, kind), side(three.ours, kind), side(three.theirs, kind)};
    const NodesByKey base(three.base);
    const NodesByKey ours(three.ours);
    const NodesByKey theirs(three.theirs);
    const auto merge_item = [&](const std::string& key, const Three<CutItem>& item) {
      return merge_member(way / key, item, {base.find(key), ours.find(key), theirs.find(key)});
    };
    return native::merge_items(items, merge_item);
  }

  static KeyedItems items_of(const Node& node) {
    KeyedItems items{.cut = cut_items(node.text, *node.value)};
    for (const auto& member : node.value->members) items.keys.push_back(member.key);
    for (const auto& element : node.value->elements) items.keys.push_back(json::canonical(element));
    return items;
  }

  MergedItem merge_member(const Way& way, const Three<CutItem>& item, const Three<Node>& node) {
    if (node.ours && node.theirs) return merge_values(way, item, node);
    if (const auto* merged = merge_value(node)) {
      if (!*merged) return {.kind = MergedItem::Kind::kDropped};
      return {.kind = MergedItem::Kind::kTaken, .item = item.either()};
    }
    return refuse(way, "was changed on one side and dropped on the other");
  }

  MergedItem merge_values(const Way& way, const Three<CutItem>& item, const Three<Node>& node) {
    const auto value = merge(way, node);
    if (!value) return refuse(way, "was changed to different values");
    CutItem merged = merge_layout(item);
    merged.body.replace(merged.body.size() - node.ours->raw().size(), std::string::npos, *value);
    return {.kind = MergedItem::Kind::kTaken, .item = std::move(merged)};
  }

  MergedItem refuse(const Way& way, std::string_view why) {
    conflicts_.push_back(fmt::format("{} {}", to_string(way), why));
    return {.kind = MergedItem::Kind::kConflict};
  }

  std::vector<std::string> conflicts_;
};

// A side, parsed: its manifest is good, so every key stands once.
struct Side {
  std::string_view text;
  json::Value document;
};

Result<Side> parse_side(const MergeInput& input, std::string_view text, std::string_view side,
                        std::string_view version) {
  const std::string name = manifest::side_name(input, side);
  MODTOOL_CHECK(parse_manifest(text, name, version));
  MODTOOL_TRY(auto document, json::parse(text, name));
  return Side{text, std::move(document)};
}

std::string before(const Side& side) { return std::string(side.text.substr(0, side.document.begin)); }
std::string after(const Side& side) { return std::string(side.text.substr(side.document.end)); }

std::string merge_document(ManifestMerger& merger, const Side* base, const Side& ours, const Side& theirs) {
  const auto node = [](const Side& side) { return Node{&side.document, side.text}; };
  const auto blank = [&](std::string (*part)(const Side&)) {
    return merge_blank(base != nullptr ? part(*base) : "", part(ours), part(theirs));
  };
  const Three<Node> three{base != nullptr ? std::optional(node(*base)) : std::nullopt, node(ours), node(theirs)};
  return blank(before) + *merger.merge({}, three) + blank(after);
}

}  // namespace

Result<MergedFile> merge_manifests(const MergeInput& input, std::string_view version) {
  if (const auto* text = manifest::trivial_merge(input)) return MergedFile{.text = std::string(*text)};
  MODTOOL_TRY(const Side ours, parse_side(input, input.ours, "ours", version));
  MODTOOL_TRY(const Side theirs, parse_side(input, input.theirs, "theirs", version));
  std::optional<Side> base;
  if (!input.base.empty()) {
    MODTOOL_TRY(base, parse_side(input, input.base, "base", version));
  }
  ManifestMerger merger;
  MergedFile merged{.text = merge_document(merger, base ? &*base : nullptr, ours, theirs)};
  merged.conflicts = merger.take_conflicts();
  if (!merged.conflicts.empty()) return merged;
  // Keys that are good by themselves may exclude each other.
  const auto checked = parse_manifest(merged.text, manifest::side_name(input, "merged"), version);
  if (checked) return merged;
  return MergedFile{.text = manifest::conflict_text(input.ours, input.theirs),
                    .conflicts = {"the sides do not fit together: " + to_line(checked.error())}};
}

}  // namespace modtool::native
