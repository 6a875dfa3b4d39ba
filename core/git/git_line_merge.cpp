#include "core/git/git_line_merge.hpp"

#include <fmt/format.h>

#include "core/git/git_library.hpp"

namespace modtool::git {
namespace {

git_merge_file_input to_input(std::string_view text) {
  git_merge_file_input input = GIT_MERGE_FILE_INPUT_INIT;
  input.ptr = text.data();
  input.size = text.size();
  return input;
}

}  // namespace

Result<LineMerge> merge_lines(const manifest::MergeInput& input) {
  MODTOOL_TRY(const GitLibrary* const git, git_library());
  const auto base = to_input(input.base);
  const auto ours = to_input(input.ours);
  const auto theirs = to_input(input.theirs);
  git_merge_file_options options = GIT_MERGE_FILE_OPTIONS_INIT;
  options.our_label = "ours";
  options.their_label = "theirs";
  git_merge_file_result result{};
  if (git->merge_file(&result, &base, &ours, &theirs, &options) != 0) {
    return fail(Code::kInternal, fmt::format("{} cannot be merged: {}", input.name, git->last_error()));
  }
  LineMerge merge{.text = std::string(result.ptr, result.len), .has_conflict = result.automergeable == 0};
  git->merge_file_result_free(&result);
  return merge;
}

}  // namespace modtool::git
