// What a run could do at a path, told without doing it: nothing is made, changed or waited for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/result.hpp"

namespace modtool::io {

// A directory that is to be written to, or made.
struct Place {
  std::string nearest;           // the directory itself, or the nearest above it that is there
  bool is_there = false;         // the directory itself
  bool can_write = false;        // entries can be made in `nearest`
  bool is_read_only = false;     // its file system
  std::uint32_t owner = 0;       // of `nearest`
  std::uint64_t free_bytes = 0;  // that this user may fill
  std::uint64_t device = 0;      // equal within a file system
};

// Links are followed. Code::kNotADirectory where something else stands in the way, which the error names;
// what fs::look says otherwise.
Result<Place> look_at_place(const std::string& directory);

// The user whose rights count.
std::uint32_t current_user();
// Whose file it is; nothing where that cannot be told.
std::optional<std::uint32_t> owner_of(const std::string& path);

enum class LockProbe { kFree, kHeld, kNoLocks };

// Takes the lock on a file that is there, as FileSystem::lock does, and gives it up at once. Code::kFileNotFound,
// kPermission …
Result<LockProbe> probe_lock(const std::string& file);

}  // namespace modtool::io
