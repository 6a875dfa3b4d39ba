#include "cli/tasks/merge_files.hpp"

#include <fmt/format.h>

#include "cli/settings.hpp"
#include "cli/version.hpp"
#include "core/git/git_line_merge.hpp"
#include "core/manifest/modules_txt_merge.hpp"
#include "core/project/input_error.hpp"
#include "core/project/project.hpp"
#include "vendor_tool/sums/sums_file.hpp"
#include "vendor_tool/sums/sums_merge.hpp"

namespace modtool::tasks {
namespace {

using manifest::MergedFile;
using manifest::MergeInput;

constexpr std::string_view kIndexName = "modules.txt";

Result<MergedFile> merge_by_meaning(const project::ToolVersions& tools, const MergeInput& input) {
  for (const auto& row : project::dialects(tools)) {
    const auto& dialect = row.dialect;
    if (input.name == dialect->manifest_name()) return dialect->merge_manifest(input);
    if (input.name == dialect->lock_name()) return dialect->merge_lock(input);
  }
  if (input.name == vendor_tool::kSumsName) return vendor_tool::merge_sums(input);
  if (input.name == kIndexName) return manifest::merge_modules_txts(input);
  return fail(Code::kNotSupported, fmt::format("{} is no file that modtool knows", input.name));
}

// Whether the text of a manifest or a lock can be read; nothing is known of other files.
Result<void> check_readable(const project::ToolVersions& tools, const std::string& name, std::string_view text) {
  for (const auto& row : project::dialects(tools)) {
    const auto& dialect = row.dialect;
    if (name == dialect->manifest_name())
      MODTOOL_CHECK(dialect->parse_manifest(text, {.shown = name, .full = name}, {}));
    if (name == dialect->lock_name()) MODTOOL_CHECK(dialect->parse_lock(text, name));
  }
  return {};
}

bool are_readable(const project::ToolVersions& tools, const MergeInput& input) {
  const auto is_fine = [&](std::string_view text) { return check_readable(tools, input.name, text).has_value(); };
  return is_fine(input.ours) && is_fine(input.theirs);
}

// What cannot be merged by its meaning is merged as it would be without modtool. Lines that are no neighbours may still
// make no file together: two `toolchain`, say.
Result<MergedFile> merge_by_lines(const project::ToolVersions& tools, const MergeInput& input) {
  MODTOOL_TRY(auto merge, git::merge_lines(input));
  MergedFile merged{.text = std::move(merge.text)};
  if (merge.has_conflict) {
    merged.conflicts.emplace_back("both sides changed neighbouring lines");
  } else if (const auto checked = check_readable(tools, input.name, merged.text);
             !checked && are_readable(tools, input)) {
    merged.conflicts.push_back("the lines of both sides contradict each other: " + to_line(checked.error()));
    merged.text = manifest::conflict_text(input.ours, input.theirs);
  }
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
    merged = merge_by_lines(context.settings.tools, input);
  }
  if (!merged) return fail(std::move(merged).error());
  report.conflicts = std::move(merged->conflicts);
  report.gaps = std::move(merged->gaps);
  report.next = input.name == kIndexName || input.name == vendor_tool::kSumsName ? "vendor" : "tidy";
  MODTOOL_CHECK(context.files.write_atomic(place(options.ours), merged->text));
  return report;
}

std::vector<MergeableFile> mergeable_files(const project::ToolVersions& tools) {
  std::vector<MergeableFile> files;
  for (const auto& row : project::dialects(tools)) {
    const auto& dialect = row.dialect;
    files.push_back({std::string(dialect->manifest_name())});
    files.push_back({std::string(dialect->lock_name())});
  }
  files.push_back({std::string(vendor_tool::kSumsName), {"-text", "-diff", "linguist-generated"}});
  files.push_back({fmt::format("**/vendor/{}", kIndexName)});
  return files;
}

}  // namespace modtool::tasks
