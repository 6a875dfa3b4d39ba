// What sets one dialect apart from another. Everything else (resolution, hashing, caching, vendoring, proof) is one
// piece of code that asks a dialect through this interface. project/ owns the table of dialects.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/file_name.hpp"
#include "core/manifest/lock.hpp"
#include "core/manifest/manifest.hpp"
#include "core/manifest/manifest_document.hpp"
#include "core/manifest/merge.hpp"
#include "core/module/module_version.hpp"

namespace modtool::manifest {

// What resolution needs of a dependency's manifest.
struct Summary {
  std::string path;                            // as the manifest declares it; empty where it does not
  std::string language;                        // the language version it was written for; empty where it says none
  bool prunes = false;                         // its requirements are complete: nothing beyond them need be read
  std::vector<module::ModuleVersion> require;  // in order, as written
  std::vector<Retraction> retract;
  std::string deprecated;
};

// The starting point of resolution: what the main module's manifest requires.
struct Roots {
  std::vector<module::ModuleVersion> modules;  // sorted by module_less; a path may stand twice
  bool prunes = false;
  // Where a root is not the version selected of its path, the graph is that of the selected version as the root.
  bool are_raised = false;
  std::set<std::string, std::less<>> direct;    // paths whose requirement is not marked as indirect
  std::vector<module::ModuleVersion> excluded;  // required and excluded by the same manifest, so no roots
};

// How much a project's vendor index says, which grew with the language.
struct IndexRules {
  bool marks_explicit = false;   // "## explicit", and every replacement of the manifest, used or not
  bool names_languages = false;  // "; go 1.20"
  // A requirement is the least version that will do: what is marked explicit is the selected version of its path.
  bool selects_explicit = false;
};

// Finds the canonical version that a query in a main module's manifest ("v1", "master") stands for. Its error is told
// as it is, behind the place.
using VersionFixer = std::function<Result<std::string>(std::string_view path, std::string_view query)>;

// Stateless; may be used from several threads at once.
class Dialect {
 public:
  virtual ~Dialect() = default;

  virtual std::string_view name() const = 0;           // "go"
  virtual std::string_view manifest_name() const = 0;  // "go.mod"
  virtual std::string_view lock_name() const = 0;      // "go.sum"

  // The main module's manifest, read strictly: all its problems at once. Without `fix_version` a version that is not
  // canonical is one.
  virtual Result<Manifest> parse_manifest(std::string_view text, const FileName& file,
                                          const VersionFixer& fix_version) const = 0;
  // A dependency's manifest, read as leniently as the dialect asks.
  virtual Result<Summary> summarise(std::string_view text, const FileName& file) const = 0;
  // The main module's manifest for edits; `file` is for messages. Code::kNotSupported where this dialect has none yet.
  virtual Result<std::unique_ptr<ManifestDocument>> open_document(std::string text, const std::string& file) const = 0;
  // The text of a main module's manifest that was read, with roots that resolution has made consistent; nothing where
  // it says as much already, and where the dialect leaves its requirements to whoever wrote them.
  virtual Result<std::optional<std::string>> with_roots(std::string_view text, const Roots& roots) const = 0;
  // The manifest of a project that starts. Code::kNotSupported as above.
  virtual Result<std::string> new_manifest(const std::string& path) const = 0;
  // Whether a file of this name in a directory is likely a source of a project of this dialect.
  virtual bool claims_source(std::string_view name) const = 0;
  // The manifest of a module that has none.
  virtual std::string synthesise_manifest(const std::string& path) const = 0;
  // Whether a directory without a manifest may replace a module.
  virtual bool manifest_is_optional() const = 0;
  // Whether which files are executable is part of what a module is.
  virtual bool keeps_modes() const = 0;
  virtual Result<Lock> parse_lock(std::string_view text, const std::string& file) const = 0;
  // The one text of a lock.
  virtual std::string format_lock(const Lock& lock) const = 0;
  // What two branches made of a manifest or of a lock. The error of a side that cannot be read.
  virtual Result<MergedFile> merge_manifest(const MergeInput& input) const = 0;
  virtual Result<MergedFile> merge_lock(const MergeInput& input) const = 0;

  // The roots of a main module, its excluded versions left out.
  virtual Roots roots_of(const Manifest& manifest) const = 0;
  // Whether a graph read for this language version is pruned.
  virtual bool prunes(std::string_view language) const = 0;
  // Fails where the graph of a main module with this manifest cannot be read as for this language version.
  virtual Result<void> check_graph_language(const Manifest& manifest, std::string_view language) const = 0;
  // What modules.txt says for a main module with this manifest.
  virtual IndexRules index_rules(const Manifest& manifest) const = 0;
  // The summary of a path that stands for no module but for a tool ("go", "toolchain"); nothing for modules.
  virtual std::optional<Summary> builtin(const module::ModuleVersion& module) const = 0;
  // Fails where a module needs a newer tool than the one this run stands for. `what` names it: "module a@v1".
  virtual Result<void> check_language(std::string_view language, const std::string& what) const = 0;
  // What the root's manifest says of a module in the place of the module's own; nothing where that has the say.
  virtual std::optional<Summary> described(const Manifest& root, const module::ModuleVersion& module) const = 0;
  // Versions of one path are compatible, and the newest of them serves all, where this is equal. Two classes of one
  // path cannot stand in one graph.
  virtual std::string compatibility_class(const Manifest& root, std::string_view path,
                                          std::string_view version) const = 0;
  // -1, 0, +1 for two versions of one path.
  virtual int compare(std::string_view path, std::string_view a, std::string_view b) const = 0;
};

}  // namespace modtool::manifest
