// `merge-driver`: merges one file of two branches, for Git (gitattributes(5), "Defining a custom merge driver").
#pragma once

#include <string>
#include <vector>

#include "core/engine/context.hpp"

namespace modtool::tasks {

struct MergeOptions {
  std::string base;    // %O: the three versions, as files
  std::string ours;    // %A: the result goes here
  std::string theirs;  // %B
  std::string path;    // %P: the file's name in the repository
};

struct MergeReport {
  std::string name;                    // of the file
  std::vector<std::string> conflicts;  // what a person has to decide; its marks are in the result
  std::vector<std::string> gaps;       // what the result lacks until the project is resolved anew
  std::string by_lines;                // why it was merged line by line as Git does, not understood; empty: it was
};

Result<MergeReport> merge_files(const engine::Context& context, const MergeOptions& options);

// The names of the files that are merged by what they mean.
std::vector<std::string> mergeable_names(const project::ToolVersions& tools);

}  // namespace modtool::tasks
