#include "cli/operations/each_project.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/exit_code.hpp"
#include "cli/operations/open_project.hpp"
#include "core/base/text.hpp"

namespace modtool::cli {
namespace {

project::DialectRow row_of(const Session& session, const std::string& dialect) {
  return *project::find_dialect(project::dialects(tool_versions(session)), dialect);
}

bool breaks_proof(const Error& error) { return exit_code_of(error.code) == exit_code_of(Code::kUnproven); }

// What is told of a project that is left out.
std::string left_out(const manifest::Dialect& dialect, const LockingOnly& request) {
  return fmt::format("{} is left out; for it there is `{} {}`", dialect.manifest_name(), dialect.name(),
                     request.others_do);
}

}  // namespace

std::vector<std::string> dialects_here(const Session& session, const std::string& manifest_file) {
  if (!manifest_file.empty() || !session.settings.modfile.empty() || !session.global.dialect.empty()) return {""};
  auto names = project::dialects_in_root(
      session.files, {.directory = session.global.directory, .not_a_root = session.settings.temp_directory},
      tool_versions(session));
  return names.size() > 1 ? names : std::vector<std::string>{""};
}

Result<std::string> locking_dialect_here(const Session& session, const LockingOnly& request) {
  const auto dialects = dialects_here(session, "");
  const auto locks = [&](const std::string& name) { return row_of(session, name).dialect->locks_graph(); };
  const auto locking = dialects.size() == 1 ? dialects.end() : std::ranges::find_if(dialects, locks);
  if (locking == dialects.end()) return dialects.front();
  std::vector<std::string> others;
  for (const auto& name : dialects) {
    if (name != *locking) others.push_back(left_out(*row_of(session, name).dialect, request));
  }
  if (request.needs_all) {
    return fail(Error{.code = Code::kNotSupported, .message = join(others, "; ")}.fix(
        with_dialect("modtool " + request.command, *locking)));
  }
  for (const auto& other : others) session.reporter.note(other);
  return *locking;
}

std::string manifest_name_of(const Session& session, const std::string& dialect) {
  return std::string(row_of(session, dialect).dialect->manifest_name());
}

Error placed(const Session& session, Error error, const std::string& dialect) {
  if (!error.where.known()) error.where.file = manifest_name_of(session, dialect);
  return error;
}

bool ends_run(Code code) { return code == Code::kInterrupted || code == Code::kTerminated || code == Code::kTimeout; }

Error join_errors(std::vector<Error> errors) {
  if (errors.size() == 1) return std::move(errors.front());
  const auto gravest = std::ranges::find_if(errors, breaks_proof);
  return {
      .code = (gravest == errors.end() ? errors.front() : *gravest).code, .message = {}, .problems = std::move(errors)};
}

}  // namespace modtool::cli
