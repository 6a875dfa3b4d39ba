// The modules of a project as its lock, the requirement index and a source of modules have them.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/context.hpp"
#include "core/manifest/modules.hpp"
#include "core/project/project.hpp"
#include "core/resolve/lock_index.hpp"
#include "core/resolve/requirement_index.hpp"
#include "core/resolve/summary_reader.hpp"
#include "core/source/module_source.hpp"

namespace modtool::engine {

// What the view is made of. All of it outlives the view.
struct SourcedInputs {
  const project::Project& project;
  const manifest::ReplacementTable& replacements;
  source::ModuleSource& source;                // checks what it gives by the checksum rule of the run
  resolve::RequirementIndex* index = nullptr;  // none: every manifest is read and parsed
  const resolve::LockIndex* lock = nullptr;    // the one that the project is resolved from, where that holds the graph
  bool go_face = false;                        // checks, words and places as the go command has them
};

class SourcedModules final : public manifest::Modules {
 public:
  SourcedModules(const Context& context, const SourcedInputs& inputs);

  Result<manifest::Summary> summary(const module::ModuleVersion& module) override;
  Result<std::string> manifest(const module::ModuleVersion& module) override;
  // A directory that replaces a module and is not there is Code::kReplacementMissing. On our own face names that are
  // one on Windows are refused.
  Result<manifest::Tree> tree(const module::ModuleVersion& module) override;
  Result<std::vector<module::ModuleVersion>> build_list() override;
  std::string place(const module::ModuleVersion& module) const override;

 private:
  manifest::FileName manifest_name(const manifest::StandIn& directory) const;
  Result<std::string> directory_manifest(const manifest::StandIn& directory, const std::string& path) const;
  Result<manifest::Tree> directory_tree(const module::ModuleVersion& module, const manifest::StandIn& directory) const;

  const Context& context_;
  SourcedInputs inputs_;
  resolve::SummaryReader summaries_;
  std::mutex mutex_;
  std::optional<std::vector<module::ModuleVersion>> build_list_;  // once it was loaded; guarded by mutex_
};

}  // namespace modtool::engine
