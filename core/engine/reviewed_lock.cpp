#include "core/engine/reviewed_lock.hpp"

#include "core/git/git_file.hpp"

namespace modtool::engine {

namespace {

Result<manifest::Lock> parse_lock(const project::Project& project, std::string_view text) {
  return project.dialect->parse_lock(text, std::string(project.dialect->lock_name()));
}

}  // namespace

Fix restore_lock(const Context& context, const project::Project& project, const std::string& revision) {
  return Fix::command(
      {"git", "checkout", revision, "--", project::relative_path(context.settings.directory, project.lock_path)});
}

std::optional<manifest::Lock> last_committed_lock(const project::Project& project) {
  const auto text = git::read_git_file(project.lock_path, kLastCommit);
  if (!text) return std::nullopt;
  auto lock = parse_lock(project, *text);
  return lock ? std::optional(std::move(*lock)) : std::nullopt;
}

manifest::ConflictHelp help_with_conflicts(const Context& context, const project::Project& project) {
  const auto text = git::read_git_file(project.lock_path, kLastCommit);
  if (!text) return {.no_fix = "which of them is right, no command can tell: there is no commit to compare with"};
  const auto lock = parse_lock(project, *text);
  if (lock && lock->checksums.conflicts().empty()) return {.fix = restore_lock(context, project, kLastCommit)};
  return {.no_fix = "which of them is right, no command can tell: the last commit holds contradictions, too"};
}

}  // namespace modtool::engine
