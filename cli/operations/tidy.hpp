// `tidy`: resolves anew and writes down what came of it. For dialects whose lock holds the graph.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"

namespace modtool::cli {

struct TidyOptions {
  bool check = false;        // writes nothing, and tells whether it would
  std::string dialect = {};  // the project's, where there may be several
};

struct TidyReport {
  std::string lock_name;             // "modtool.lock"
  std::size_t modules = 0;           // that were selected
  bool changed = false;              // the lock was, or with `check` would be, another
  std::vector<std::string> changes;  // a line each: "+ path version", "- path version"
  std::vector<std::string> notes;    // what was left out of modules: submodules, links
};

// A version that is locked already keeps its commit and its hash: Code::kRefMoved or kChecksumMismatch where the
// repository says otherwise. Nothing is written then.
Result<TidyReport> tidy_project(Session& session, const TidyOptions& options);

// The same for the project in the directory that can be tidied (locking_dialect_here); with `check` for all of them.
Result<TidyReport> tidy_here(Session& session, const TidyOptions& options);

}  // namespace modtool::cli
