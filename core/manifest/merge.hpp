// Merging what two branches made of one file. Each format has a merge of its own that knows what its entries mean; this
// is what goes in and comes out of all of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::manifest {

// The texts of a file. `base` is what both sides started from: empty where both made the file.
struct MergeInput {
  std::string_view base;
  std::string_view ours;
  std::string_view theirs;
  std::string name;  // of the file, for messages: "modtool.lock"
};

struct MergedFile {
  std::string text;                    // with the marks of a conflict around each of `conflicts`
  std::vector<std::string> conflicts;  // what a person has to decide, a line each
  std::vector<std::string> gaps;       // what the file lacks until the project is resolved anew, a line each
};

// Where nothing needs to be understood: a side that is as the base, or as the other side.
// nullptr where both changed the file, each in its own way.
const std::string_view* trivial_merge(const MergeInput& input);

// The first line of a conflict that a merge of ours leaves. Git names a branch behind its mark.
inline constexpr std::string_view kOurMark = "<<<<<<< ours";

// Whether one side raised a version, and the other lowered it.
bool are_opposed(std::string_view base, std::string_view ours, std::string_view theirs);

// Both sides of an entry between the marks of a merge conflict; each is whole lines, or empty.
std::string conflict_text(std::string_view ours, std::string_view theirs);

// "modtool.lock (ours)", the name of a side in messages about what cannot be read there.
std::string side_name(const MergeInput& input, std::string_view side);

}  // namespace modtool::manifest
