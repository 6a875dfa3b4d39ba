// `tidy`: resolves anew and writes down what came of it. For dialects whose lock holds the graph.
#pragma once

#include <string>
#include <vector>

#include "core/engine/context.hpp"
#include "core/engine/open_project.hpp"

namespace modtool::engine {

struct TidyReport {
  std::string lock_name;             // "modtool.lock"
  std::size_t modules = 0;           // that were selected
  bool changed = false;              // the lock was, or with `check` would be, another
  std::vector<std::string> changes;  // a line each: "+ path version", "- path version"
  std::vector<std::string> notes;    // what was left out of modules: submodules, links
};

// Of one project; `check` writes nothing. A version that is locked already keeps its commit and its hash:
// Code::kRefMoved or kChecksumMismatch where the repository says otherwise. Nothing is written then.
Result<TidyReport> tidy_project(const Context& context, const ProjectChoice& choice, bool check);

// The same for the project in the directory that can be tidied (choose_locking_project); with `check` for all of them.
Result<TidyReport> tidy(const Context& context, bool check);

}  // namespace modtool::engine
