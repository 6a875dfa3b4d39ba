#include "cli/tasks/merge_files.hpp"

#include <fmt/format.h>

#include "cli/settings.hpp"
#include "cli/version.hpp"
#include "core/git/git_line_merge.hpp"
#include "core/project/input_error.hpp"
#include "core/project/project.hpp"
#include "vendor_tool/sums/sums_file.hpp"
#include "vendor_tool/sums/sums_merge.hpp"

namespace modtool::tasks {
namespace {

using manifest::MergedFile;
using manifest::MergeInput;

Result<MergedFile> merge_by_meaning(const project::ToolVersions& tools, const MergeInput& input) {
  for (const auto& row : project::dialects(tools)) {
    const auto& dialect = row.dialect;
    if (input.name == dialect->manifest_name()) return dialect->merge_manifest(input);
    if (input.name == dialect->lock_name()) return dialect->merge_lock(input);
  }
  if (input.name == vendor_tool::kSumsName) return vendor_tool::merge_sums(input);
  return fail(Code::kNotSupported, fmt::format("{} is no file that modtool knows", input.name));
}

// What cannot be read is merged as it would be without modtool.
Result<MergedFile> merge_by_lines(const MergeInput& input) {
  MODTOOL_TRY(auto merge, git::merge_lines(input));
  MergedFile merged{.text = std::move(merge.text)};
  if (merge.has_conflict) merged.conflicts.emplace_back("both sides changed neighbouring lines");
  return merged;
}

Result<std::string> read_input(const io::FileReader& files, const std::string& path) {
  auto text = files.read_given(path).required();
  if (!text) return fail(project::input_error(std::move(text).error()));
  return text;
}

}  // namespace

Result<MergeReport> merge_files(const engine::Context& context, const MergeOptions& options) {
  const auto place = [&](const std::string& file) {
    return io::is_absolute(file) ? file : io::join_path(context.settings.directory, file);
  };
  MODTOOL_TRY(const std::string base, read_input(context.files, place(options.base)));
  MODTOOL_TRY(const std::string ours, read_input(context.files, place(options.ours)));
  MODTOOL_TRY(const std::string theirs, read_input(context.files, place(options.theirs)));
  const MergeInput input{.base = base, .ours = ours, .theirs = theirs, .name = io::base_name(options.path)};
  MergeReport report{.name = options.path};
  auto merged = merge_by_meaning(context.settings.tools, input);
  if (!merged) {
    report.by_lines = to_line(merged.error());
    merged = merge_by_lines(input);
  }
  if (!merged) return fail(std::move(merged).error());
  report.conflicts = std::move(merged->conflicts);
  report.gaps = std::move(merged->gaps);
  MODTOOL_CHECK(context.files.write_atomic(place(options.ours), merged->text));
  return report;
}

std::vector<std::string> mergeable_names(const project::ToolVersions& tools) {
  std::vector<std::string> names;
  for (const auto& row : project::dialects(tools)) {
    const auto& dialect = row.dialect;
    names.emplace_back(dialect->manifest_name());
    names.emplace_back(dialect->lock_name());
  }
  names.emplace_back(vendor_tool::kSumsName);
  return names;
}

}  // namespace modtool::tasks
