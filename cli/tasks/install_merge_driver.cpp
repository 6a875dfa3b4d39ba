#include "cli/tasks/install_merge_driver.hpp"

#include <fmt/format.h>

#include <span>

#include "cli/tasks/merge_files.hpp"
#include "core/base/text.hpp"
#include "core/git/git_checkout.hpp"
#include "core/git/git_config.hpp"
#include "core/io/attached_process.hpp"
#include "core/io/process.hpp"

namespace modtool::tasks {
namespace {

constexpr std::string_view kAttribute = "merge=modtool";

// A word for the shell that Git runs the command with, after it has replaced what stands behind a percent sign.
std::string shell_word(std::string_view text) {
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'') {
      word += "'\\''";
    } else {
      word += c == '%' ? "%%" : std::string(1, c);
    }
  }
  return word + "'";
}

// "merge" of "merge=modtool", "-merge" and the like.
std::string_view name_of(std::string_view attribute) {
  if (attribute.starts_with('-') || attribute.starts_with('!')) attribute.remove_prefix(1);
  return attribute.substr(0, attribute.find('='));
}

// Whether the last line about the file that has the attribute sets it so.
bool is_set(std::string_view attributes, std::string_view file, std::string_view wanted) {
  bool is_so = false;
  for (const auto line : split_lines(attributes)) {
    const auto fields = split_fields(line);
    if (fields.empty() || fields.front() != file) continue;
    for (const auto field : std::span(fields).subspan(1)) {
      if (name_of(field) == name_of(wanted)) is_so = field == wanted;
    }
  }
  return is_so;
}

// The line that the file lacks, with all that is missing; empty where nothing is.
std::string missing_line(std::string_view attributes, const MergeableFile& file) {
  std::vector<std::string> wanted = {std::string(kAttribute)};
  wanted.insert(wanted.end(), file.more_attributes.begin(), file.more_attributes.end());
  std::erase_if(wanted, [&](const std::string& attribute) { return is_set(attributes, file.pattern, attribute); });
  return wanted.empty() ? "" : fmt::format("{} {}", file.pattern, join(wanted, " "));
}

Result<void> register_files(const engine::Context& context, InstallReport& report) {
  MODTOOL_TRY(const auto there, context.files.lstat(report.attributes_file).if_there());
  if (there && there->kind == io::FileKind::kSymlink) {
    return fail(Error{.code = Code::kSymbolicLink,
                      .message = fmt::format("`{}` is a link; nothing is written through it", report.attributes_file)}
                    .with(Fix::command({"mv", report.attributes_file, report.attributes_file + ".old"})));
  }
  MODTOOL_TRY(auto before, context.files.read(report.attributes_file).if_there());
  std::string text = std::move(before).value_or("");
  for (const auto& file : mergeable_files(context.settings.tools)) {
    std::string line = missing_line(text, file);
    if (!line.empty()) report.added.push_back(std::move(line));
  }
  if (report.added.empty()) return {};
  if (!text.empty() && !text.ends_with('\n')) text += '\n';
  for (const auto& line : report.added) text += line + "\n";
  return context.files.write_atomic(report.attributes_file, text);
}

}  // namespace

Result<InstallReport> install_merge_driver(const engine::Context& context) {
  MODTOOL_TRY(const auto checkout, git::find_git_checkout(context.files, context.settings.directory));
  InstallReport report{.config_file = checkout.config_file,
                       .attributes_file = io::join_path(checkout.root, ".gitattributes")};
  // By its name, which holds when another version takes its place.
  const bool has_name = !io::find_program("modtool", context.settings.git_network.search_path).empty();
  if (!has_name) report.program = io::own_executable();
  report.driver = (has_name ? "modtool" : shell_word(report.program)) + std::string(" merge-driver %O %A %B %P");
  const auto set = [&](const std::string& key, const std::string& value) {
    return git::set_git_config(report.config_file, context.settings.git_config.home, key, value);
  };
  MODTOOL_TRY(const bool renamed, set("merge.modtool.name", "modtool: manifests, locks and proofs, entry by entry"));
  MODTOOL_TRY(const bool redirected, set("merge.modtool.driver", report.driver));
  report.config_changed = renamed || redirected;
  MODTOOL_CHECK(register_files(context, report));
  return report;
}

}  // namespace modtool::tasks
