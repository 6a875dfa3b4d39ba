#include "core/native/items_merge.hpp"

#include <algorithm>
#include <iterator>
#include <list>
#include <string_view>
#include <unordered_map>

#include "core/manifest/merge.hpp"

namespace modtool::native {
namespace {

using Kind = MergedItem::Kind;

struct Entry {
  Three<CutItem> sides;
  MergedItem merged;

  // Whether something of it stays whichever side of a conflict is chosen.
  bool is_sure() const { return merged.kind == Kind::kTaken || (sides.ours && sides.theirs); }
};

// The items of a side by their keys.
class ItemsByKey {
 public:
  explicit ItemsByKey(const std::optional<KeyedItems>& side) {
    if (!side) return;
    for (std::size_t i = 0; i < side->keys.size(); ++i) items_.emplace(side->keys[i], &side->cut.items[i]);
  }

  std::optional<CutItem> find(const std::string& key) const {
    const auto found = items_.find(key);
    return found == items_.end() ? std::nullopt : std::optional(*found->second);
  }

 private:
  std::unordered_map<std::string_view, const CutItem*> items_;
};

// In what is white space and comments.
bool has_comment(std::string_view blank) { return blank.contains('/'); }

// How far the first item is indented.
std::string indentation_of(const CutItems& cut) {
  const std::string before = cut.items.empty() ? "" : cut.items.front().before;
  return before.substr(before.rfind('\n') + 1);
}

// The keys of both sides in one order.
std::vector<std::string> merge_order(const std::vector<std::string>& ours, const std::vector<std::string>& theirs) {
  std::vector<std::string> merged;
  if (std::ranges::is_sorted(ours) && std::ranges::is_sorted(theirs)) {
    std::ranges::set_union(ours, theirs, std::back_inserter(merged));
    return merged;
  }
  std::list<std::string_view> keys(ours.begin(), ours.end());
  std::unordered_map<std::string_view, std::list<std::string_view>::iterator> places;
  for (auto place = keys.begin(); place != keys.end(); ++place) places.emplace(*place, place);
  auto next = keys.begin();
  for (const auto& key : theirs) {
    const auto known = places.find(key);
    next = std::next(known != places.end() ? known->second : keys.insert(next, key));
  }
  merged.assign(keys.begin(), keys.end());
  return merged;
}

std::vector<Entry> merge_entries(const Three<KeyedItems>& items, const ItemMerge& merge) {
  const ItemsByKey base(items.base);
  const ItemsByKey ours(items.ours);
  const ItemsByKey theirs(items.theirs);
  std::vector<Entry> entries;
  for (const auto& key : merge_order(items.ours->keys, items.theirs->keys)) {
    Entry entry{.sides = {base.find(key), ours.find(key), theirs.find(key)}, .merged = {}};
    entry.merged = merge(key, entry.sides);
    if (entry.merged.kind != Kind::kDropped) entries.push_back(std::move(entry));
  }
  return entries;
}

// Writes items one behind the other. What our side has stays as it is laid out; what the other side adds is laid out
// likewise.
class ItemsText {
 public:
  ItemsText(std::string head, const std::string& indentation)
      : are_lines_(head.ends_with('\n')), indentation_(indentation), text_(std::move(head)) {}

  void write(const std::vector<Entry>& entries) {
    const auto last_sure = std::ranges::find_if(entries.rbegin(), entries.rend(), &Entry::is_sure);
    const auto sure = static_cast<std::size_t>(entries.rend() - last_sure);  // entries up to the last sure one
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const bool has_comma = i + 1 < sure;
      if (entries[i].merged.kind == Kind::kTaken) {
        take(entries[i], has_comma);
      } else {
        // Where all that follows may be left out, each brings the comma that stands before it.
        refuse(entries[i], has_comma, i >= sure && i > 0);
      }
    }
  }

  std::string finish(const std::string& tail) && { return std::move(text_) + tail; }

 private:
  static std::string written(const CutItem& item, bool has_comma) {
    return item.before + item.body + item.behind + (has_comma ? "," : "") + item.after;
  }

  void take(const Entry& entry, bool has_comma) {
    const bool is_new = !entry.sides.ours;
    if (is_new && are_lines_) start_line();
    text_ += written(is_new ? laid_out(entry.merged.item) : entry.merged.item, has_comma);
  }

  CutItem laid_out(CutItem item) const {
    const bool is_line = item.after.ends_with('\n');
    if (is_line == are_lines_ || has_comment(item.before) || has_comment(item.after)) return item;
    item.before = are_lines_ ? indentation_ : " ";
    item.after = are_lines_ ? "\n" : "";
    return item;
  }

  void refuse(const Entry& entry, bool has_comma, bool brings_comma) {
    const auto side = [&](const std::optional<CutItem>& item) {
      if (!item) return std::string();
      std::string text = written(*item, has_comma);
      if (brings_comma) text.insert(item->before.size(), ", ");
      return text.ends_with('\n') ? text : text + "\n";
    };
    start_line();
    text_ += manifest::conflict_text(side(entry.sides.ours), side(entry.sides.theirs));
  }

  void start_line() {
    if (!text_.ends_with('\n')) text_ += '\n';
  }

  bool are_lines_;
  std::string indentation_;  // of an item on a line of its own
  std::string text_;
};

}  // namespace

std::string merge_blank(const std::string& base, const std::string& ours, const std::string& theirs) {
  if (const auto* const merged = merge_value(base, ours, theirs)) return *merged;
  if (!has_comment(theirs)) return ours;
  return has_comment(ours) ? ours + theirs : theirs;
}

CutItem merge_layout(const Three<CutItem>& item) {
  const CutItem base = item.base.value_or(CutItem());
  const auto part = [&](std::string CutItem::* field) {
    return merge_blank(base.*field, (*item.ours).*field, (*item.theirs).*field);
  };
  return {.before = part(&CutItem::before),
          .body = item.ours->body,
          .behind = part(&CutItem::behind),
          .after = part(&CutItem::after)};
}

std::string merge_items(const Three<KeyedItems>& items, const ItemMerge& merge) {
  const CutItems& ours = items.ours->cut;
  const CutItems& theirs = items.theirs->cut;
  const CutItems base = items.base ? items.base->cut : CutItems();
  const auto entries = merge_entries(items, merge);
  // The brackets are no blanks.
  const auto head_of = [](const CutItems& cut) { return cut.head.substr(cut.head.empty() ? 0 : 1); };
  const auto tail_of = [](const CutItems& cut) {
    return cut.tail.substr(0, cut.tail.empty() ? 0 : cut.tail.size() - 1);
  };
  ItemsText writer(ours.head.front() + merge_blank(head_of(base), head_of(ours), head_of(theirs)),
                   indentation_of(ours.items.empty() ? theirs : ours));
  writer.write(entries);
  return std::move(writer).finish(merge_blank(tail_of(base), tail_of(ours), tail_of(theirs)) + ours.tail.back());
}

}  // namespace modtool::native
