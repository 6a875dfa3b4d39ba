// Unified diffs, as `git diff --no-renames` and `diff -u` write them (git-scm.com/docs/diff-format, GNU diffutils
// "Detailed Description of Unified Format").
//
// Strict where it counts: what a hunk removes and keeps must stand in the file to the byte; lines may have moved, and
// the nearest place counts, but nothing is guessed ("fuzz"). The first element of each name ("a/", "b/") is left out.
// Text around the diffs (a commit's message) is passed over. Renames, copies, links and binary diffs are refused.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::patch {

struct DiffLine {
  char kind = ' ';   // ' ' in both files, '-' in the old one, '+' in the new one
  std::string text;  // with its line feed, where it has one
};

struct DiffHunk {
  std::size_t old_start = 0;  // line, from 1; 0 for an empty file
  std::vector<DiffLine> lines;
  int line = 0;  // in the diff
};

enum class FileChange { kModify, kCreate, kRemove };

struct FileDiff {
  std::string name;  // in the module, checked by check_file_path
  FileChange change = FileChange::kModify;
  std::optional<bool> executable;  // where the diff says it
  std::vector<DiffHunk> hunks;     // in the order of the file
  int line = 0;                    // in the diff
};

// All files of a diff, in its order. Code::kPatchSyntax with the line, also for a text without any diff. `file` is for
// messages.
Result<std::vector<FileDiff>> parse_unified_diff(std::string_view text, const std::string& file);

// The file after the change; `original` is empty where it is created. Code::kPatchFailed, with the line of the
// hunk that does not fit and no file.
Result<std::string> apply_diff(std::string_view original, const FileDiff& diff);

}  // namespace modtool::patch
