// Finds names that one file system or another takes for the same: they differ in case only, or one is a file and the
// other a directory.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace modtool::module {

class NameCollisions {
 public:
  // Notes a slash-separated name and the directories above it; why it cannot stand beside the names noted before it,
  // nothing where it can. The name's bytes outlive this object.
  std::optional<std::string> add(std::string_view name, bool is_directory);

 private:
  struct Seen {
    std::string_view name;
    bool is_directory;
  };

  std::optional<std::string> add_one(std::string_view name, bool is_directory);

  std::unordered_map<std::string, Seen> seen_;  // by folded name
};

}  // namespace modtool::module
