// The text of a JSON object or list cut into its items, each with the white space and the comments that belong to it,
// so that items can be taken out, put in and changed and all the rest stays as it is written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"

namespace modtool::native {

// One member or element. Comments on lines before it and behind it on its own line belong to it; its comma stands
// between `behind` and `after`.
struct CutItem {
  std::string before;
  std::string body;
  std::string behind;
  std::string after;  // up to the end of the line, where nothing else follows on it

  bool operator==(const CutItem&) const = default;
};

struct CutItems {
  std::string head;  // the opening bracket, and what follows it on its line
  std::vector<CutItem> items;
  std::string tail;  // up to the closing bracket, which is in it
};

// `value` is an object or a list of `text`.
CutItems cut_items(std::string_view text, const json::Value& value);

}  // namespace modtool::native
