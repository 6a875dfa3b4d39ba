// What vouches for the modules of a vendor directory: modtool.sums, module zips, or directories; each checked against
// the checksum lines of the project before anything in it counts.
//
// A module of the build list is vouched for by what stands in for it (manifest::StandIn): itself, a module at a
// version, or a directory. What that is always comes from the manifest or from the index under examination, never from
// the evidence.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"
#include "core/manifest/checksum_table.hpp"
#include "core/manifest/manifest.hpp"
#include "core/manifest/modules_txt.hpp"
#include "core/module/proven_tree.hpp"
#include "vendor_tool/proof/block_proof.hpp"
#include "vendor_tool/proof/finding.hpp"
#include "vendor_tool/proof/listed_tree.hpp"
#include "vendor_tool/proof/vendor_directory.hpp"
#include "vendor_tool/sums/sums_file.hpp"

namespace modtool::vendor_tool {

using TreeOfModule =
    std::function<Result<std::shared_ptr<const module::ModuleTree>>(const module::ModuleVersion& module)>;

struct EvidenceInput {
  const io::FileReader* files = nullptr;  // must outlive the evidence, as everything here that is pointed to
  VendorDirectory vendor = std::string("vendor");
  const manifest::ChecksumTable* checksums = nullptr;
  ModuleRule rule;
  // The tree of a directory that replaces a module, by its path as written. Fails where it is not there.
  std::function<Result<std::shared_ptr<const module::ModuleTree>>(const std::string& path)> open_directory;
  std::vector<std::string> allow_unproven;         // module paths (`--allow-unproven`)
  std::string sums_name = std::string(kSumsName);  // where modtool.sums is or would be, from the project's root
};

// Something that was asked for and that the evidence does not have.
struct Lack {
  module::ModuleVersion stand_in;
  std::string
      destination;  // in vendor/, of the file whose bytes are not there; empty where the module itself is unknown

  auto operator<=>(const Lack&) const = default;
};

// All functions may be called from several threads at once.
class Evidence {
 public:
  explicit Evidence(EvidenceInput input);
  virtual ~Evidence() = default;
  Evidence(const Evidence&) = delete;
  Evidence& operator=(const Evidence&) = delete;

  // The manifest of a module that stands in for one of the build list. Code::kUnproven where nothing good vouches for
  // it.
  Result<std::string> manifest(const module::ModuleVersion& stand_in);
  // The manifest of a directory that replaces `module`. Where the directory is not there, the copy that modtool.sums
  // has, and the module becomes an unproven one. Where it is there and the copy is another, that is a finding
  // (kVendorStale).
  Result<std::string> directory_manifest(const module::ModuleVersion& module, const std::string& directory);
  // The tree of a module of the build list. Where the directory that replaces it is not there, what vendor/ holds of
  // it, and the module becomes an unproven one. Code::kUnproven where nothing good vouches for it.
  Result<std::shared_ptr<const module::ProvenTree>> tree(const module::ModuleVersion& module,
                                                         const module::ModuleVersion& stand_in,
                                                         OnLack on_lack = OnLack::kFail,
                                                         LackListener listener = nullptr);

  // What is wrong with the evidence itself, and the unproven modules met so far that are not allowed; sorted.
  std::vector<Finding> findings() const;
  // The unproven modules met so far that are allowed, sorted.
  std::vector<std::string> unproven_allowed() const;
  // The modules met so far that a directory stands in for, which nothing but that directory vouches for: "path =>
  // directory", sorted.
  std::vector<std::string> directories() const;
  // Has the block of modtool.sums looked at, if there is one, although nothing is asked of it.
  virtual void judge_block(const module::ModuleVersion& /*stand_in*/) {}

  // What was asked for in vain so far, sorted.
  std::vector<Lack> lacks() const;
  // The modules met so far that are not at hand, and were not looked for elsewhere; sorted.
  std::vector<module::ModuleVersion> absent() const;
  // Whether it is said already, by a finding or as absent, why nothing vouches for what stands in.
  bool tells_of(const module::ModuleVersion& stand_in) const;
  // The checksum line that vouches for the files of what stands in; not known for directories.
  Where anchor_line(const module::ModuleVersion& stand_in) const;

  // The parsed modtool.sums, or nullptr where the evidence is something else.
  virtual const SumsFile* sums() const { return nullptr; }
  // The parsed modtool.sums whose blocks were taken as far as they go, what it lacks being looked for elsewhere; or
  // nullptr.
  virtual const SumsFile* completed_sums() const { return nullptr; }
  // Either of them: where files are recorded that need not be in vendor/.
  const SumsFile* records() const { return sums() != nullptr ? sums() : completed_sums(); }
  // The modules that sources were asked for so far, sorted: "path@version".
  virtual std::vector<std::string> asked_sources() const { return {}; }
  // What it is, for people.
  virtual std::string name() const = 0;
  // The path of modtool.sums, for people.
  const std::string& sums_name() const { return input_.sums_name; }

 protected:
  // A block that is proven, and the tree that has its bytes where that is not vendor/.
  struct Proven {
    const SumsBlock* block = nullptr;
    std::shared_ptr<const module::ModuleTree> bytes = nullptr;
  };
  enum class Part { kManifest, kFiles };
  // The block of a module, with the part that is needed; it lives as long as the evidence.
  virtual Result<Proven> prove(const module::ModuleVersion& stand_in, Part part) = 0;
  // The bytes of a file that a block lists and neither keeps nor finds in vendor/, where they can be had.
  virtual Result<std::string> bytes_of(const module::ModuleVersion& stand_in, std::string_view name);
  // The copy of the manifest of a directory, for where that is not there; nothing where none was kept.
  virtual std::optional<std::string> copy_of_manifest(const std::string& directory) const = 0;

  const EvidenceInput& input() const { return input_; }
  void add_findings(std::vector<Finding> findings);
  void note_absent(const module::ModuleVersion& stand_in);
  // Notes the lack and makes the error to return.
  std::unexpected<Error> lack(Lack lack, std::string message);

 private:
  void check_copy(const std::string& directory, const std::string& manifest);
  void note_unproven(const module::ModuleVersion& module, const std::string& directory);
  Result<std::shared_ptr<const module::ProvenTree>> directory_tree(const module::ModuleVersion& module,
                                                                   const std::string& directory);

  EvidenceInput input_;
  mutable std::mutex mutex_;
  std::vector<Finding> findings_;
  std::set<Lack> lacks_;
  std::set<module::ModuleVersion> absent_;
  std::map<std::string, std::string> unproven_;  // module path → the directory that is not there
  std::map<std::string, std::string> copied_;    // module path → the directory that is
};

// Evidence from the text of modtool.sums. Code::kSumsSyntax, kConflictMarker and kTooLarge where it cannot be read;
// what its blocks cannot prove is in `findings`.
Result<std::unique_ptr<Evidence>> make_sums_evidence(EvidenceInput input, std::string_view text);
// The same from its content.
std::unique_ptr<Evidence> make_sums_evidence(EvidenceInput input, SumsFile sums);

// Evidence from modules as a cache or a source has them, for where there is no modtool.sums, or for what it lacks.
struct ModuleEvidence {
  std::string name;  // for people: "module cache"
  // The manifest and the tree of a module at a version. Without the former, manifests are not asked for.
  std::function<Result<std::string>(const module::ModuleVersion&)> manifest = nullptr;
  TreeOfModule tree;
  // The h1 preimage of a tree; module::hash_tree, or a cache of it.
  std::function<Result<module::Preimage>(const module::ModuleVersion&, const module::ModuleTree&)> preimage;
  bool fetches = false;  // sources are asked: what none of them gives is a finding for each module, with their reason
};
// A block of `completed` that is asked for vouches where it is proven, and is a finding where it is not; what it lacks
// comes from the modules. Blocks that nothing asks for are not looked at.
std::unique_ptr<Evidence> make_module_evidence(EvidenceInput input, ModuleEvidence modules,
                                               std::optional<SumsFile> completed = std::nullopt);

}  // namespace modtool::vendor_tool
