// Puts the items of a JSON object or list of two branches together: which go where, with their commas, comments and
// layout. What becomes of each item is another's decision.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/three_way.hpp"
#include "core/native/json_cut.hpp"

namespace modtool::native {

struct KeyedItems {
  CutItems cut;
  std::vector<std::string> keys;  // of each item, none twice
};

struct MergedItem {
  enum class Kind { kDropped, kTaken, kConflict };
  Kind kind = Kind::kDropped;
  CutItem item = {};  // of one that is taken
};

// What becomes of an item that at least one side has.
using ItemMerge = std::function<MergedItem(const std::string& key, const Three<CutItem>& item)>;

// The text of the merged object or list. The items of our side keep their order; what the other side alone has comes
// where the order of the keys has it, or, where they are in none, behind what stands before it there. An item in
// conflict stands twice, between marks; whichever is chosen, the commas fit.
std::string merge_items(const Three<KeyedItems>& items, const ItemMerge& merge);

// White space and comments of our side, of the other one where only that changed them, or both where both did.
std::string merge_blank(const std::string& base, const std::string& ours, const std::string& theirs);

// What stands around an item that both sides have, by the same rule; the item itself is ours.
CutItem merge_layout(const Three<CutItem>& item);

}  // namespace modtool::native
