// A command on every project that it is about: as a rule one, and one of each dialect where they share a directory.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/dialect_flag.hpp"
#include "cli/session.hpp"
#include "core/base/result.hpp"

namespace modtool::cli {

// The dialects whose projects a command is about that is about all projects of a directory, in order. One that is empty
// where a single project is: the only one there, or the one that `--dialect` or a manifest file names.
std::vector<std::string> dialects_here(const Session& session, const std::string& manifest_file);

// A command that is only possible where a lock holds the whole graph (Dialect::locks_graph). With `needs_all` it is
// Code::kNotSupported to leave a project out: a check of some is none of all.
struct LockingOnly {
  std::string command;    // "tidy --check"
  std::string others_do;  // what does it for another dialect, behind the name of that: "mod tidy"
  bool needs_all = false;
};

// The dialect whose project such a command is about. Of several projects the others are left out, and people told. The
// first, where there is none: the command itself says then what it cannot do.
Result<std::string> locking_dialect_here(const Session& session, const LockingOnly& request);

// What came of the project of a dialect.
template <class Report>
struct Outcome {
  std::string dialect;
  Result<Report> result;
};

// The name of a dialect's manifest.
std::string manifest_name_of(const Session& session, const std::string& dialect);
// Where an error names no place, the manifest of that dialect.
Error placed(const Session& session, Error error, const std::string& dialect);
// Whether nothing else is begun after an error.
bool ends_run(Code code);
// Several errors as one that tells each, with the gravest code: that of a proof that failed, else the first's.
Error join_errors(std::vector<Error> errors);

// Calls `run` for each dialect. Where there are several, an error of one is an outcome that names its project, so that
// it hides nothing of the others; but the end of the run is an error, as is any where there is one project.
template <class Report, class Run>
Result<std::vector<Outcome<Report>>> run_each(const Session& session, const std::vector<std::string>& dialects,
                                              const Run& run) {
  std::vector<Outcome<Report>> outcomes;
  for (const auto& dialect : dialects) {
    Result<Report> result = naming_dialect(run(dialect), dialect);
    if (!result && (dialects.size() == 1 || ends_run(result.error().code))) return fail(std::move(result).error());
    if (!result) result = fail(placed(session, std::move(result).error(), dialect));
    outcomes.push_back({.dialect = dialect, .result = std::move(result)});
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

}  // namespace modtool::cli
