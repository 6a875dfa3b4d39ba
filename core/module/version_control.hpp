// Directories in which a version control system keeps its own things: they stand beside a module's files and are none.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace modtool::module {

inline bool belongs_to_version_control(std::string_view name) {
  constexpr std::array<std::string_view, 4> kNames = {".bzr", ".git", ".hg", ".svn"};
  return std::ranges::find(kNames, name) != kNames.end();
}

// Whether a file tells Git what to keep and how to change it: .gitignore and .gitattributes. They hold for what is
// below them, wherever they are copied to.
bool instructs_git(std::string_view path);

// Whether an element of a path is the directory of a Git repository, in any spelling that some file system takes for
// it.
bool is_git_directory(std::string_view name);

}  // namespace modtool::module
