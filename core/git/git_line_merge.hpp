// The merge that Git itself makes of three texts, line by line: for what no merge of ours understands.
#pragma once

#include <string>

#include "core/manifest/merge.hpp"

namespace modtool::git {

struct LineMerge {
  std::string text;  // with the marks of a conflict where both sides changed neighbouring lines
  bool has_conflict = false;
};

// Code::kInternal where libgit2 cannot merge the texts.
Result<LineMerge> merge_lines(const manifest::MergeInput& input);

}  // namespace modtool::git
