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
  std::vector<std::string> gaps;       // what the result lacks until the next command is run
  std::string next;                    // "tidy" or "vendor"; where there are gaps
  std::string by_lines;                // why it was merged line by line as Git does, not understood; empty: it was
};

Result<MergeReport> merge_files(const engine::Context& context, const MergeOptions& options);

// A file that is merged by what it means, as .gitattributes has it.
struct MergeableFile {
  std::string pattern;                         // "go.mod", "**/vendor/modules.txt"
  std::vector<std::string> more_attributes{};  // "-text"
};

std::vector<MergeableFile> mergeable_files(const project::ToolVersions& tools);

}  // namespace modtool::tasks
