// What the operations that change a manifest share: the project held against other runs, its manifest as a document,
// and both files written together.
#pragma once

#include <memory>
#include <string>

#include "core/engine/open_project.hpp"
#include "core/manifest/manifest_document.hpp"

namespace modtool::engine {

class ManifestChange {
 public:
  // Code::kNotSupported where the dialect's manifest cannot be edited yet; `otherwise` does it then.
  static Result<std::unique_ptr<ManifestChange>> open(const Context& context, const ProjectRequest& request,
                                                      const Fix& otherwise);

  OpenProject& opened() { return *opened_; }
  const project::Project& project() const { return opened_->project(); }
  manifest::ManifestDocument& document() { return *document_; }
  // What the document says now: every problem of it.
  Result<manifest::Manifest> manifest() const;

  bool changes_manifest() const { return document_->text() != project().manifest_text; }
  // The change of the manifest, as `diff -u` shows it.
  std::string diff() const;

  // Writes the manifest, and the lock where there is one to write. Code::kLockedRun where the run is locked and
  // something would change.
  Result<void> save() const;
  Result<void> save(const std::string& lock) const;

 private:
  explicit ManifestChange(const Context& context) : context_(context) {}

  const Context& context_;
  std::unique_ptr<OpenProject> opened_;
  std::unique_ptr<io::FileLock> held_;
  std::unique_ptr<manifest::ManifestDocument> document_;
};

// Code::kLockedRun, if the run is locked; `what` would be changed.
Result<void> check_may_write(const Context& context, const std::string& what);

}  // namespace modtool::engine
