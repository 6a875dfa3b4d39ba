// A run on every project that it is about: as a rule one, and one of each dialect where they share a directory.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/engine/context.hpp"
#include "core/engine/dialect_flag.hpp"
#include "core/engine/open_project.hpp"

namespace modtool::engine {

// The projects that a run is about which is about all in a directory, in order. A single one that names no dialect
// where there is no choice: no project, one, or one that `--dialect` or a manifest file names. An error where it cannot
// be told what there is.
Result<std::vector<ProjectChoice>> choose_projects(const Context& context, const std::string& manifest_file);

// The dialect that commands for people name: the choice's, else the settings'; "" where neither says one.
const std::string& named_dialect(const Context& context, const ProjectChoice& choice);

// The row of the dialect of a project that was chosen among several; as long as the choice.
const project::DialectRow& row_of(const ProjectChoice& choice);

// A command that is only possible where a lock holds the whole graph (Capabilities::locks_graph). With `needs_all` it
// is Code::kNotSupported to leave a project out: a check of some is none of all.
struct LockingOnly {
  std::string command;                  // "tidy"
  std::vector<std::string> flags = {};  // "--check"
  std::string others_do;                // what does it for another dialect, behind the name of that: "mod tidy"
  bool needs_all = false;
};

// The project that such a command is about. Of several the others are left out, and people told. The first, where there
// is none: the command itself says then what it cannot do.
Result<ProjectChoice> choose_locking_project(const Context& context, const LockingOnly& request);

// What came of a project.
template <class Report>
struct Outcome {
  ProjectChoice choice;
  Result<Report> result;
};

// The name of the manifest of a project that was chosen among several.
std::string manifest_name_of(const ProjectChoice& choice);
// Where an error names no place, that manifest.
Error placed(Error error, const ProjectChoice& choice);
// Whether nothing else is begun after an error.
bool ends_run(Code code);
// Several errors as one that tells each, with the gravest code: that of a proof that failed, else the first's.
Error join_errors(std::vector<Error> errors);

// Calls `run` for each project. Where there are several, an error of one is an outcome that names its project, so that
// it hides nothing of the others; but the end of the run is an error, as is any where there is one project.
template <class Report, class Run>
Result<std::vector<Outcome<Report>>> run_each(const std::vector<ProjectChoice>& choices, const Run& run) {
  std::vector<Outcome<Report>> outcomes;
  for (const auto& choice : choices) {
    Result<Report> result = naming_dialect(run(choice), choice.which.name());
    if (!result && (choices.size() == 1 || ends_run(result.error().code))) return fail(std::move(result).error());
    if (!result) result = fail(placed(std::move(result).error(), choice));
    outcomes.push_back({.choice = choice, .result = std::move(result)});
  }
  return outcomes;
}

// The reports of all, or one error that tells everything that failed.
template <class Report>
Result<std::vector<Report>> all_or_none(std::vector<Outcome<Report>> outcomes) {
  std::vector<Report> reports;
  std::vector<Error> errors;
  for (auto& outcome : outcomes) {
    if (outcome.result) reports.push_back(std::move(*outcome.result));
    if (!outcome.result) errors.push_back(std::move(outcome.result).error());
  }
  if (!errors.empty()) return fail(join_errors(std::move(errors)));
  return reports;
}

}  // namespace modtool::engine
