// What every run on a project starts with: the project found and loaded, and what is known of its modules.
#pragma once

#include <memory>
#include <string>

#include "core/engine/context.hpp"
#include "core/engine/sourced_modules.hpp"
#include "core/manifest/modules.hpp"
#include "core/project/module_supply.hpp"
#include "core/project/project.hpp"
#include "core/resolve/lock_index.hpp"
#include "core/resolve/module_graph.hpp"
#include "core/resolve/requirement_index.hpp"
#include "core/source/checksum_verifier.hpp"

namespace modtool::engine {

// How missing lines of go.sum are taken (source/checksum_verifier.hpp says what each means).
using source::ChecksumRule;

// The project that a run is about.
struct ProjectChoice {
  project::Which which = project::Which::only();
  std::shared_ptr<const project::ProjectRoot> root = nullptr;  // where it is, if it was looked for already
};

struct ProjectRequest {
  std::string command;                  // its name, for Go's words and for fixes: "mod graph"
  std::vector<std::string> flags = {};  // of the command, where a fix repeats it
  std::string manifest_file = {};       // -modfile
  ProjectChoice choice = {};            // the settings' dialect counts before a choice that names none
  ChecksumRule checksums = ChecksumRule::kOwnFace;
  bool writable_cache = false;  // -modcacherw
  bool go_face = false;         // Go's project, words, and checks of go.sum
  bool offline = false;         // nothing is fetched, whatever the settings say
  bool use_index = true;
  bool is_held = false;      // the caller holds the project against other runs
  bool fills_cache = false;  // what cannot be kept in the module cache is an error
  bool relock = false;       // resolve anew, whatever the lock says
  bool vendors = false;      // writes or checks a vendor directory
  bool learns = false;       // of checksums (source::ChecksumPolicy)
  bool asks_once = false;    // a server that does not answer is not waited for long, nor asked again
  bool needs_none = false;   // where there is no project, project::no_project stands for it
};

// A project and what is needed to resolve it. Not copyable: its parts refer to each other. What it gives lives as long.
class OpenProject {
 public:
  // The context outlives it. Errors are those of finding and loading the project, and of a lock that does not fit the
  // manifest.
  static Result<std::unique_ptr<OpenProject>> open(const Context& context, const ProjectRequest& request);

  const project::Project& project() const { return project_; }
  const manifest::ReplacementTable& replacements() const { return replacements_; }
  // What is known of its modules, by lock, index and source.
  manifest::Modules& modules() { return *view_.modules; }
  // The same, and nothing is fetched for it, whatever the settings say.
  manifest::Modules& modules_at_hand();
  // Where its modules come from.
  source::ModuleSource& source() { return view_.supply->source(); }
  // The same, where modules have origins of their own (Capabilities::has_origins); nullptr elsewhere.
  source::LockingSource* origins() { return view_.supply->origins(); }

  // All that is known of where they come from.
  project::ModuleSupply& supply() { return *view_.supply; }

  // Where Go's modules are kept (Capabilities::has_module_cache); nullptr elsewhere.
  goproxy::GoSource* module_cache() { return view_.supply->module_cache(); }

  // What the lock has of a module, whether it was resolved from the lock or anew; nullptr: nothing.
  const manifest::LockedModule* locked(const module::ModuleVersion& stand_in) const { return lock_->find(stand_in); }
  // The lock that the project is resolved from, where that holds the graph; nullptr elsewhere.
  const resolve::LockIndex* graph_lock() const { return resolves_from_lock_ ? lock_.get() : nullptr; }

  // The module graph; `language` reads it as another language version would (Go's -go), empty for the project's own.
  // Code::kLockStale where it is resolved from a lock that is not whole.
  Result<resolve::ModuleGraph> load_graph(const std::string& language = {});
  // That of the project with another manifest, which only requires, excludes or accepts something else.
  Result<resolve::ModuleGraph> load_graph_for(const manifest::Manifest& manifest);
  // Keeps what was learned of manifests for the next run; a failure to do so is no failure.
  void save_index();

 private:
  // Where modules come from, and what is known of them by that.
  struct View {
    std::unique_ptr<project::ModuleSupply> supply;
    std::unique_ptr<SourcedModules> modules;
  };

  OpenProject(const Context& context, ProjectRequest request);
  Result<void> load();
  Result<void> use_lock();
  View make_view(bool offline);

  const Context& context_;
  const ProjectRequest request_;
  project::Project project_;
  manifest::ReplacementTable replacements_;
  std::unique_ptr<resolve::LockIndex> lock_;
  std::unique_ptr<resolve::RequirementIndex> index_;
  bool resolves_from_lock_ = false;  // the lock fits the manifest, and says what resolution asks
  View view_;
  View at_hand_;  // made when it is asked for
};

}  // namespace modtool::engine
