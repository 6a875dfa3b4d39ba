// What every operation on a project starts with: the project found and loaded, and the sources its modules come from.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/session.hpp"
#include "core/goproxy/go_source.hpp"
#include "core/project/module_supply.hpp"
#include "core/project/project.hpp"
#include "core/resolve/lock_index.hpp"
#include "core/resolve/module_graph.hpp"
#include "core/resolve/requirement_index.hpp"

namespace modtool::cli {

// How missing lines of go.sum are taken (source/checksum_verifier.hpp says what each means).
using source::ChecksumRule;

struct ProjectRequest {
  std::string command;        // Go's name of the command, for its words: "mod graph"
  std::string manifest_file;  // -modfile
  std::string dialect = {};   // which project of several in one directory; empty: the one that the session is about
  ChecksumRule checksums = ChecksumRule::kOwnFace;
  bool writable_cache = false;  // -modcacherw
  bool go_face = false;         // Go's words on standard error
  bool trace = false;           // -x
  bool offline = false;         // nothing is fetched, whatever the settings say
  bool use_index = true;
  bool relock = false;   // resolve anew, whatever the lock says
  bool vendors = false;  // writes or checks a vendor directory
};

// The versions of this run.
project::ToolVersions tool_versions(const Session& session);

// A project and what is needed to resolve it. Not copyable: its parts refer to each other.
class OpenProject {
 public:
  static Result<std::unique_ptr<OpenProject>> open(Session& session, const ProjectRequest& request);

  const project::Project& project() const { return project_; }
  source::ModuleSource& modules() { return supply_->modules(); }
  // The same source, where the lock holds the whole graph; nullptr elsewhere.
  source::LockingSource* locking() { return supply_->locking(); }
  const manifest::ReplacementTable& replacements() const { return replacements_; }
  resolve::SummaryReader& summaries() { return *summaries_; }

  // What the lock has of a module, whether it was resolved from the lock or anew; nullptr: nothing.
  const manifest::LockedModule* locked(const module::ModuleVersion& actual) const {
    return supply_->lock().find(actual);
  }

  // What the lock says of a module's requirements, where the project is resolved from it.
  std::optional<manifest::Summary> locked_summary(const module::ModuleVersion& actual) const;

  // Where a replacement by a directory lies.
  std::string directory_of(const module::ModuleVersion& directory) const { return project_.path_of(directory.path); }

  // The manifest of what stands in for a module: a module at a version, or a directory.
  // `path` is the module's, for a directory that has none.
  Result<std::string> manifest_of(const module::ModuleVersion& actual, const std::string& path);

  // The module graph; `language` reads it as another language version would (Go's -go), empty for the project's own.
  // Code::kLockStale where it is resolved from a lock that is not whole.
  Result<resolve::ModuleGraph> load_graph(const std::string& language = {});
  // That of the project with another manifest, which only requires, excludes or accepts something else.
  Result<resolve::ModuleGraph> load_graph_for(const manifest::Manifest& manifest);
  // Keeps what was learned of manifests for the next run; a failure to do so is no failure.
  void save_index();

 private:
  OpenProject(Session& session, const ProjectRequest& request);
  manifest::FileName name_of(const module::ModuleVersion& directory) const;
  resolve::GraphInputs graph_inputs(const manifest::Manifest& manifest);
  Result<void> use_lock(const ProjectRequest& request);
  Result<void> check_lock(const resolve::ModuleGraph& graph) const;
  Result<std::string> directory_manifest(const module::ModuleVersion& directory, const std::string& path) const;

  Session& session_;
  project::Project project_;
  manifest::ReplacementTable replacements_;
  std::unique_ptr<io::HttpClient> http_;
  std::unique_ptr<project::ModuleSupply> supply_;
  std::unique_ptr<resolve::RequirementIndex> index_;
  bool resolves_from_lock_ = false;  // the lock fits the manifest, and says what resolution asks
  std::unique_ptr<resolve::SummaryReader> summaries_;
};

}  // namespace modtool::cli
