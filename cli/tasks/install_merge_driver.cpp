#include "cli/tasks/install_merge_driver.hpp"

#include <fmt/format.h>

#include "cli/tasks/merge_files.hpp"
#include "core/base/text.hpp"
#include "core/git/git_checkout.hpp"
#include "core/git/git_config.hpp"
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

bool sets_merge(std::string_view attribute) {
  return attribute.starts_with("merge=") || attribute == "merge" || attribute == "-merge" || attribute == "!merge";
}

// Whether the last line that says how the file is merged names the driver.
bool is_registered(std::string_view attributes, std::string_view name) {
  bool registered = false;
  for (const auto line : split_lines(attributes)) {
    const auto fields = split_fields(line);
    if (fields.empty() || fields.front() != name) continue;
    for (const auto field : fields) {
      if (sets_merge(field)) registered = field == kAttribute;
    }
  }
  return registered;
}

Result<void> register_files(const engine::Context& context, InstallReport& report) {
  MODTOOL_TRY(const auto there, context.files.lstat(report.attributes_file).if_there());
  if (there && there->kind == io::FileKind::kSymlink) {
    return fail(Error{.code = Code::kSymbolicLink,
                      .message = fmt::format("`{}` is a link; nothing is written through it", report.attributes_file)}
                    .with(Fix::command({"rm", report.attributes_file})));
  }
  MODTOOL_TRY(auto before, context.files.read(report.attributes_file).if_there());
  std::string text = std::move(before).value_or("");
  for (const auto& name : mergeable_names(context.settings.tools)) {
    if (!is_registered(text, name)) report.added.push_back(fmt::format("{} {}", name, kAttribute));
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
                       .driver = shell_word(io::own_executable()) + " merge-driver %O %A %B %P",
                       .attributes_file = io::join_path(checkout.root, ".gitattributes")};
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
