// Names that one file system or another takes for the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace modtool::module {

// Finds names of files that differ in case only, or of which one is a file and the other a directory.
class NameCollisions {
 public:
  // Notes a slash-separated name and the directories above it; why it cannot stand beside the names noted before it,
  // nothing where it can. No name of more than 4096 bytes can. The name's bytes outlive this object.
  std::optional<std::string> add(std::string_view name, bool is_directory);

 private:
  struct Seen {
    std::string_view name;
    bool is_directory;
  };

  std::optional<std::string> add_one(std::string_view name, bool is_directory);

  std::unordered_map<std::string, Seen> seen_;  // by folded name
};

// Finds paths of modules that differ in case only: some file systems would have them in one directory.
class PathCollisions {
 public:
  // The path noted before that this one collides with, if any. The path's bytes outlive this object.
  std::optional<std::string_view> add(std::string_view path);

 private:
  std::unordered_map<std::string, std::string_view> seen_;  // by folded path
};

}  // namespace modtool::module
