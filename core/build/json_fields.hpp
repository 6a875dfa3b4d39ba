// Reading members of JSON objects whose keys and kinds the dialect has checked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"

namespace modtool::build {

// The text of a member; empty where it is not there.
inline std::string read_text(const json::Value& object, std::string_view key) {
  const auto* member = json::find(object, key);
  return member == nullptr ? std::string() : member->text;
}

// Whether a member is there and true.
inline bool read_truth(const json::Value& object, std::string_view key) {
  const auto* member = json::find(object, key);
  return member != nullptr && member->is_true();
}

// The texts of a member that is an array; none where it is not there.
inline std::vector<std::string> read_texts(const json::Value& object, std::string_view key) {
  std::vector<std::string> texts;
  const auto* member = json::find(object, key);
  if (member == nullptr) return texts;
  for (const auto& element : member->elements) texts.push_back(element.text);
  return texts;
}

}  // namespace modtool::build
