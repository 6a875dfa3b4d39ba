#include "core/engine/each_project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "core/base/text.hpp"

namespace modtool::engine {
namespace {

using Choices = std::vector<ProjectChoice>;

// What is told of a project that is left out.
std::string left_out(const manifest::Dialect& dialect, const LockingOnly& request) {
  return fmt::format("{} is left out; for it there is `{} {}`", dialect.manifest_name(), dialect.name(),
                     request.others_do);
}

}  // namespace

const project::DialectRow& row_of(const ProjectChoice& choice) {
  return *std::ranges::find_if(choice.root->rows,
                               [&](const auto& row) { return row.dialect->name() == choice.which.name(); });
}

Result<std::vector<ProjectChoice>> choose_projects(const Context& context, const std::string& manifest_file) {
  const auto& settings = context.settings;
  if (!manifest_file.empty() || !settings.modfile.empty() || settings.which.names_dialect())
    return Choices{ProjectChoice{}};
  auto found = project::find_root(
      context.files, {.directory = settings.directory, .not_a_root = settings.temp_directory}, settings.tools);
  if (!found && found.error().code == Code::kNoProject) return Choices{ProjectChoice{}};  // whoever opens it says so
  if (!found) return fail(std::move(found).error());
  const auto root = std::make_shared<const project::ProjectRoot>(std::move(*found));
  if (root->rows.size() == 1) return Choices{ProjectChoice{.root = root}};
  Choices choices;
  for (const auto& row : root->rows) {
    choices.push_back({.which = project::Which::dialect(std::string(row.dialect->name())), .root = root});
  }
  return choices;
}

const std::string& named_dialect(const Context& context, const ProjectChoice& choice) {
  return (choice.which.names_dialect() ? choice.which : context.settings.which).name();
}

Result<ProjectChoice> choose_locking_project(const Context& context, const LockingOnly& request) {
  MODTOOL_TRY(const auto choices, choose_projects(context, ""));
  const auto locks = [](const ProjectChoice& choice) { return row_of(choice).can.locks_graph; };
  const auto locking = choices.size() == 1 ? choices.end() : std::ranges::find_if(choices, locks);
  if (locking == choices.end()) return choices.front();
  std::vector<std::string> others;
  for (auto choice = choices.begin(); choice != choices.end(); ++choice) {
    if (choice != locking) others.push_back(left_out(*row_of(*choice).dialect, request));
  }
  if (request.needs_all) {
    return fail(Error{.code = Code::kNotSupported, .message = join(others, "; ")}.with(
        Fix::again(request.command, request.flags).naming(locking->which.name())));
  }
  for (const auto& other : others) context.reporter.note(other);
  return *locking;
}

std::string manifest_name_of(const ProjectChoice& choice) {
  return std::string(row_of(choice).dialect->manifest_name());
}

Error placed(Error error, const ProjectChoice& choice) {
  if (!error.where.known()) error.where.file = manifest_name_of(choice);
  return error;
}

bool ends_run(Code code) { return code == Code::kInterrupted || code == Code::kTerminated || code == Code::kTimeout; }

Error join_errors(std::vector<Error> errors) {
  if (errors.size() == 1) return std::move(errors.front());
  const auto gravest = std::ranges::find_if(errors, [](const Error& error) { return breaks_proof(error.code); });
  return {
      .code = (gravest == errors.end() ? errors.front() : *gravest).code, .message = {}, .problems = std::move(errors)};
}

}  // namespace modtool::engine
